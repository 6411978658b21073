"""What rows name and nobody has sent, once for each such thing,
with the newest row that names it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.answers.lists import KeyParts, Parked
from lots.store.answers.near import NAMED, PACK
from lots.store.answers.waiting import things
from lots.store.schema.tables import RECEIPT

SHOWN = sa.table(
    "parked_shown", sa.column("target", sa.Text), sa.column("names", pg.JSONB), schema="lineage"
)


class Missing(NamedTuple):
    """What nobody has sent: its record, and its names as the link that waits for it has them."""

    target: str
    names: KeyParts


class Alike(NamedTuple):
    """Known things that something missing looks like, each with why; strong: it keeps what the name
    says (docs/near.md).
    """

    strong: bool
    words: tuple[str, ...]


NOTHING = Alike(strong=False, words=())


def nameable(connection: sa.Connection) -> list[Missing]:
    """Lots, pools and packs that nobody has sent, each once, packs last: what may be compared with
    known ones.
    """
    asked = sa.select(SHOWN.c.target, SHOWN.c.names).where(SHOWN.c.target.in_(NAMED)).distinct()
    found = [Missing(row.target, tuple(row.names)) for row in connection.execute(asked)]
    return sorted(found, key=lambda m: (m.target == PACK, m.target, str(m.names)))


def parked(
    connection: sa.Connection,
    most: int | None,
    alike: Mapping[Missing, Alike],
    sender: str = "",
) -> tuple[tuple[Parked, ...], int]:
    """What rows name and nobody has sent, newest first, and how many such things there are in all.
    alike: what some of them look like; these come before the others, for strong reasons first.
    sender: what rows of this one name.
    """
    found = things(connection, "parked")
    if found is None:
        return (), 0
    # Once for each thing that is missing: three thousand readings wait for one cycle.
    same = [found.c[c] for c in ("target", "names", "record", "link")]
    statement = (
        sa.select(*same, *_of_rows(found), sa.func.count().over().label("whole"))
        .select_from(found.join(RECEIPT, RECEIPT.c.receipt == found.c.receipt, isouter=True))
        .where(RECEIPT.c.sender == sender if sender else sa.true())
        .group_by(*same)
        .order_by(
            _among(found, [one for one, of in alike.items() if of.strong]).desc(),
            _among(found, alike).desc(),
            sa.desc("newest").nulls_last(),
            sa.desc("rows"),
            *same,
        )
        .limit(most)
    )
    rows = connection.execute(statement).all()
    return tuple(_parked(r, alike) for r in rows), rows[0].whole if rows else 0


def _of_rows(found: sa.Subquery) -> Iterator[sa.Label[Any]]:
    """How many rows name a thing, and of the newest of them, all of one: its sender,
    place and key.
    """
    received = RECEIPT.c.received_at
    newest = (received.desc().nulls_last(), found.c.receipt.desc(), found.c.line.desc())
    yield sa.func.count().label("rows")
    yield sa.func.max(received).label("newest")
    for column in (RECEIPT.c.sender, found.c.receipt, found.c.line):
        told = sa.func.array_agg(pg.aggregate_order_by(column, *newest))
        yield told[1].label(column.name)
    keys = sa.func.jsonb_agg(pg.aggregate_order_by(found.c.key, *newest))
    yield keys.op("->")(0).label("key")


def _among(found: sa.Subquery, alike: Collection[Missing]) -> sa.ColumnElement[Any]:
    # One parameter, however many names: each as the list that stands in the column.
    texts = sa.literal([json.dumps(one.names) for one in alike], pg.ARRAY(sa.Text))
    names = sa.cast(texts, pg.ARRAY(pg.JSONB))
    return sa.and_(found.c.target.in_(NAMED), found.c.names == sa.any_(names))


def _parked(row: Any, alike: Mapping[Missing, Alike]) -> Parked:
    return Parked(
        row.target,
        tuple(row.names),
        alike.get(Missing(row.target, tuple(row.names)), NOTHING).words,
        row.record,
        row.link,
        row.rows,
        row.newest,
        row.sender or "",
        "" if row.receipt is None else f"{row.receipt}:{row.line}",
        tuple(row.key or ()),
    )
