"""Whose the things are that wait for a person, and of which lot: looked up by their keys in the
tables of their records, since a list of many kinds of things has nothing but keys.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.answers.lists import Counted
from lots.grammar.column import Makes
from lots.grammar.schema import Record
from lots.records import records
from lots.rules import rules
from lots.store.intake.values import text
from lots.store.schema.record_tables import accepted, standing
from lots.store.schema.tables import RECEIPT

NODES = ("lot", "pool", "external_lot")
ACROSS, NAMELESS = "across records", "no lot named"
UNSEEN = "not shown: of a person"  # of whom no row may be looked for
JUDGED = ("findings", "pending")  # by rules on a row, and by rules across records
SOURCES = {  # by list: what of it may be shown, what of that waits, and the column of the key
    "findings": ("judged.finding_now", "state <> 'closed'", "shown"),
    "pending": ("judged.outcome_shown", "outcome <> 'finding'", "subject"),
    "parked": ("lineage.parked_shown", "true", "key"),
    "contested": ("judged.contested_shown", "true", "key"),
}
Things = sa.FromClause


def counted(connection: sa.Connection, name: str, by: str) -> tuple[Counted, ...]:
    """How many things of a list there are of each sender or lot."""
    found = things(connection, name)
    if found is None:
        return ()
    told = found.join(RECEIPT, RECEIPT.c.receipt == found.c.receipt, isouter=True)
    of = (
        sa.func.coalesce(RECEIPT.c.sender, text(ACROSS if name in JUDGED else UNSEEN))
        if by == "sender"
        else sa.func.coalesce(found.c.lot, text(NAMELESS))
    )
    count = sa.func.count().label("count")
    rows = connection.execute(
        sa.select(of.label("of"), count).select_from(told).group_by(of).order_by(count.desc(), of)
    )
    return tuple(Counted(*row) for row in rows)


# --- the rows that tell of them -------------------------------------------------------------------


def things(connection: sa.Connection, name: str) -> sa.Subquery | None:
    """The things of a list, each with the latest row that tells of it (its receipt and line) and a
    lot that it names.
    """
    there = set(connection.execute(sa.select(_record(name)).distinct()).scalars())
    parts = [*_of_records(name, there), *_of_others(name, there)]
    return sa.union_all(*parts).subquery("told") if parts else None


def _record(name: str) -> sa.ColumnElement[str]:
    """The record whose key a thing of the list has."""
    source = _source(name)
    if name != "pending":
        return source.c.record
    subjects = {rule.id: rule.subject for rule in rules().values()}
    return sa.case(*((source.c.rule == text(i), text(s)) for i, s in subjects.items()))


@cache
def _source(name: str) -> sa.TableClause:
    schema, _, view = SOURCES[name][0].partition(".")
    texts = {"parked": ("record", "link", "target"), "pending": ("rule",)}.get(name, ("record",))
    more = [sa.column("names", pg.JSONB)] if name == "parked" else []
    return sa.table(
        view,
        *(sa.column(c, sa.Text) for c in texts),
        sa.column(SOURCES[name][2], pg.JSONB),
        *more,
        schema=schema,
    )


def _of_records(name: str, there: set[str]) -> Iterator[sa.Select[Any]]:
    """Each thing whose record has rows that may be looked up by its key."""
    for record in (r for r in records().values() if r.name in there and not _of_person(r)):
        source, rows = _source(name), standing(record)
        mine = _record(name) == text(record.name)
        # The key is read only where the record is this one: another's would be no number.
        key = [
            rows.c[c]
            == sa.cast(sa.case((mine, source.c[SOURCES[name][2]].op("->>")(n))), rows.c[c].type)
            for n, c in enumerate(record.key)
        ]
        column = lot_column(record)
        # Any one of them, but always the same: versions of a row may name two lots.
        lot = sa.null() if column is None else sa.func.max(rows.c[column])
        latest = sa.func.max(pg.array([rows.c.receipt, rows.c.line]), type_=pg.ARRAY(sa.BigInteger))
        row = (
            sa.select(latest.label("latest"), sa.cast(lot, sa.Text).label("lot"))
            .where(*key)
            .lateral()
        )
        found = _things(name, source, mine).add_columns(
            row.c.latest[1].label("receipt"), row.c.latest[2].label("line"), row.c.lot
        )
        yield found.select_from(source.join(row, sa.true()))


def _of_others(name: str, there: set[str]) -> Iterator[sa.Select[Any]]:
    """The others: of a person, whose key is not ours to read, or of no record at all."""
    readable = [r.name for r in records().values() if not _of_person(r)]
    # Counted all the same: a list that leaves some out would not add up.
    others = sorted(there - {*readable})
    if others:
        source = _source(name)
        kinds = {"receipt": sa.BigInteger, "line": sa.BigInteger, "lot": sa.Text}
        mine = _record(name).in_([text(o) for o in others])
        yield _things(name, source, mine).add_columns(
            *(sa.cast(sa.null(), kind).label(column) for column, kind in kinds.items())
        )


def _things(name: str, source: sa.TableClause, mine: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(*source.c).where(mine, sa.text(SOURCES[name][1]))


def _of_person(record: Record) -> bool:
    return any(record.column(c).of_person for c in record.key)


def lot_column(record: Record) -> str | None:
    """The column of a record that holds the number of a pool or lot: its own, else of what it tells
    came out, else of any that it names.
    """
    if record.name in NODES:
        return record.key[1]
    # What came out before what went in: whoever asks by lot looks for what may not be released.
    links = [k for k in record.links if k.record in NODES]
    for link in sorted(links, key=lambda k: k.makes is not Makes.OUTPUT):
        numbers = [c for c in link.columns if c.endswith("number") and c in accepted(record).c]
        if numbers:
            return numbers[0]
    return None


def whole(rows: Sequence[Any]) -> int:
    """How many there are in all, by the rows that were asked for."""
    return rows[0]["whole"] if rows else 0
