"""What a row names, and what names it, by the links that are declared."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lots.answers.lists import KeyParts
from lots.answers.shown import HangsOn, Names
from lots.grammar.column import Link, Sought
from lots.grammar.schema import Record
from lots.records import records
from lots.store.among import all_among, among
from lots.store.answers.versions_told import Row, is_of_person
from lots.store.intake.breaches import in_scope
from lots.store.intake.values import text
from lots.store.schema import readers
from lots.store.schema.lineage_tables import PARKED
from lots.store.schema.record_tables import standing, things

PARKED_SHOWN = sa.table(
    "parked_shown",
    *(sa.column(c.name, c.type) for c in (PARKED.c.record, PARKED.c.key, PARKED.c.link)),
    schema="lineage",
)
FIRST = 3  # keys that are shown of those that name a thing


def names(
    connection: sa.Connection, record: Record, key: KeyParts, rows: Sequence[Row]
) -> tuple[Names, ...]:
    """What the standing versions of a row name by links that lead to a record."""
    waiting = _waiting(connection, record, key)
    found: dict[Names, None] = {}
    for link in (k for k in record.links if k.described):
        for row in rows:
            if row["out_for"] is None and (told := _names(link, row)) is not None:
                found[Names(link.name, link.record, told, link.name not in waiting)] = None
    return tuple(found)


def _names(link: Link, row: Row) -> KeyParts | None:
    """What a row names by a link; None where it names nothing."""
    if link.when and row.get(link.when.column) not in link.when.values:
        return None
    told = tuple(row.get(c) for c in link.columns)
    # A column that is not in the row at all is one that may not be seen: that one names something.
    if any(value is None and c in row for c, value in zip(link.columns, told, strict=True)):
        return None
    # What every row of a link means, such as the step, belongs to the key that is shown.
    fixed = () if link.on else tuple(value for _, value in link.fixed)
    return (*(None if v is None else str(v) for v in told), *fixed)


def _waiting(connection: sa.Connection, record: Record, key: KeyParts) -> set[str]:
    parts = sa.func.jsonb_build_array(*(text(part or "") for part in key))
    # A key with a person in it is one that whoever asks may see, and the other view has not.
    rows = PARKED if is_of_person(record) else PARKED_SHOWN
    parked = sa.select(rows.c.link).where(rows.c.record == text(record.name), rows.c.key == parts)
    return set(connection.execute(parked).scalars())


def hanging(
    connection: sa.Connection, record: Record, rows: Sequence[Row], *, disclosed: bool
) -> tuple[HangsOn, ...]:
    """The records of which rows name this one, by each link that leads to it."""
    found = [
        _hanging(connection, other, link, record, rows, disclosed)
        for other in records().values()
        for link in other.links
        if link.record == record.name and link.described
    ]
    return tuple(h for h in found if h.rows != 0)


def _hanging(
    connection: sa.Connection,
    other: Record,
    link: Link,
    record: Record,
    rows: Sequence[Row],
    disclosed: bool,
) -> HangsOn:
    unseen = frozenset() if disclosed else readers.hidden(other)
    on = link.on or record.key[: len(link.columns)]
    named = [
        wanted
        for row in rows
        if _fits(link, row) and None not in (wanted := tuple(row.get(c) for c in on))
    ]
    if not named:
        return HangsOn(other.name, link.name, 0, ())
    told = _telling(other, link, unseen)
    if told is None:
        # None, not 0: nobody here may know how many.
        return HangsOn(other.name, link.name, None, ())
    columns, table, source = told
    condition: list[sa.ColumnElement[bool]] = [all_among(columns, list(dict.fromkeys(named)))]
    if link.when:
        condition.append(in_scope(link.when, {link.when.column: table.c[link.when.column]}))
    # A label's link is by serial alone, and serials repeat between products.
    if link.sought is Sought.LABEL:
        condition += _of_product(table, rows)
    count = sa.select(sa.func.count()).select_from(source).where(*condition)
    keys = [sa.cast(table.c[c], sa.Text) for c in other.key if c not in unseen]
    first = sa.select(*keys).select_from(source).where(*condition).order_by(*keys).limit(FIRST)
    whole = connection.execute(count).scalar_one()
    shown = [_whole_key(other, unseen, tuple(r)) for r in connection.execute(first)] if keys else []
    return HangsOn(other.name, link.name, whole, tuple(dict.fromkeys(shown)))


def _telling(
    other: Record, link: Link, unseen: frozenset[str]
) -> tuple[list[sa.ColumnElement[Any]], sa.TableClause, sa.FromClause] | None:
    """The columns by which rows name a thing, and where they stand; None where it is by a person's
    key, which is not ours to read.
    """
    table = standing(other)
    hidden = [c for c in link.columns if c in unseen]
    if not hidden:
        return [table.c[c] for c in link.columns], table, table
    column = other.column(hidden[0])
    if len(link.columns) > 1 or not column.named_when or column.names_person(link.when):
        return None
    # Where it names no person it may be read, beside the row's place.
    seen = things(other, column)
    same = sa.and_(seen.c.receipt == table.c.receipt, seen.c.line == table.c.line)
    return [seen.c[column.name]], table, table.join(seen, same)


def _of_product(table: sa.TableClause, rows: Sequence[Row]) -> list[sa.ColumnElement[bool]]:
    """A label with another GTIN is of another pack or lot, whatever its number."""
    told = {row.get("gtin") for row in rows} - {None}
    if not told or "gtin" not in table.c:
        return []
    return [sa.or_(table.c.gtin.is_(None), among(table.c.gtin, told))]


def _fits(link: Link, row: Row) -> bool:
    return all(row.get(column) == value for column, value in link.fixed)


def _whole_key(record: Record, unseen: frozenset[str], told: tuple[str, ...]) -> KeyParts:
    left = iter(told)
    return tuple(None if c in unseen else next(left) for c in record.key)
