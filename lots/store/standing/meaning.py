"""Persons' words on which lot a parked line means: said, confirmed by another, taken back the same
way (docs/linking.md). Nothing is erased; each keeps by, at and reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.intake.accepting import key_of
from lots.store.queries import query
from lots.store.schema.lineage_tables import MEANT, MEANT_WORD
from lots.store.schema.record_tables import standing
from lots.store.standing.resolving import Row, Word

# What a line tells of its vials: a word is about these, and about nothing else of the row.
TOLD = ("gtin", "serial", "lot_number", "preparation")
# As whoever only reads may see it: no key of a line has a person's in it.
PARKED = sa.table("parked_shown", *map(sa.column, ("record", "key", "link")), schema="lineage")
LINKS = ("pack", "lot", "vial")


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A row of a line that may be parked: its record and key, what it tells of its vials, and by
    which ways to a lot it is parked.
    """

    record: str
    row: Row
    key: tuple[str, ...]
    names: tuple[str | None, ...]
    parked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lot:
    """A packed lot."""

    maker: str
    number: str


def line_of(connection: sa.Connection, record: Record, row: Row) -> ParkedLine | None:
    """The line of which this is a standing row, and whether it is parked; None where it does not
    stand.
    """
    rows = standing(record)
    # A part of the key is no label: where the preparation is part of it, it is what the line is on.
    told = [rows.c[c] if c in rows.c and c not in record.key else sa.null() for c in TOLD]
    # A prepared vial's preparation is no way to a lot.
    ways = (*LINKS, "preparation") if record.name == "administration_vial" else LINKS
    waits = (
        sa.select(PARKED.c.link)
        .where(
            PARKED.c.record == record.name,
            PARKED.c.key == key_of(record, rows),
            PARKED.c.link.in_(ways),
        )
        .correlate(rows)
    )
    parked = sa.func.array(waits.scalar_subquery())
    mine = sa.select(key_of(record, rows), parked, *told).where(
        rows.c.receipt == row[0], rows.c.line == row[1]
    )
    found = connection.execute(mine).one_or_none()
    if found is None:
        return None
    key, links, *names = found
    return ParkedLine(record.name, row, tuple(key), tuple(names), frozenset(links))


def words(
    connection: sa.Connection, line: ParkedLine, lot: Lot
) -> Sequence[sa.Row[tuple[int, str]]]:
    """What was said of a line and a lot and is not gone: (number, state), the newest first."""
    asked = {
        "record": line.record,
        "key": list(line.key),
        "names": list(line.names),
        "maker": lot.maker,
        "number": lot.number,
    }
    return connection.execute(_typed("meant_of"), asked).all()


def _typed(name: str) -> sa.TextClause:
    json = (sa.bindparam(c, type_=MEANT.c[c].type) for c in ("key", "names"))
    return query(name, "standing").bindparams(*json)


def mean(connection: sa.Connection, line: ParkedLine, lot: Lot, word: Word) -> int:
    """Note that a person says that a line means a lot; the number of this word."""
    return int(
        connection.execute(
            sa.insert(MEANT)
            .values(
                record=line.record,
                key=list(line.key),
                names=list(line.names),
                receipt=line.row[0],
                line=line.row[1],
                maker=lot.maker,
                number=lot.number,
                at=word.at,
                by=word.by,
                reason=word.reason,
            )
            .returning(MEANT.c.meant)
        ).scalar_one()
    )


def say(connection: sa.Connection, meant: int, said: str, word: Word) -> None:
    """Note what a person says of such a word: confirmed, taken_back, let_stand."""
    connection.execute(
        sa.insert(MEANT_WORD).values(
            meant=meant, said=said, at=word.at, by=word.by, reason=word.reason
        )
    )


def state(connection: sa.Connection, meant: int) -> str:
    """What such a word is now."""
    asked = {"meant": meant}
    return str(connection.execute(query("meant_state", "standing"), asked).scalar_one())
