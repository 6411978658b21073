"""What a revision has to say, so that tables which are there become those that are declared.

Both are read from a database's own catalogue, so that PostgreSQL itself says whether two texts mean
the same: `step IN ('a', 'b')` is kept by it as something else.
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from lots.store.queries import query
from lots.store.schema import derived
from lots.store.schema.ddl import made_of
from lots.store.schema.record_tables import declare_all
from lots.store.schema.tables import SCHEMAS


class Part(NamedTuple):
    """A part of a table: of which kind, in which table, and its name there."""

    kind: str
    table: str
    name: str


Parts = dict[Part, str]


def parts(connection: sa.Connection) -> Parts:
    """Every part of the tables that this role owns, with what PostgreSQL says that it is."""
    told = connection.execute(query("parts_of_tables"), {"schemas": [*SCHEMAS]})
    return {Part(kind, table, name): text for kind, table, name, text in told}


def statements(declared: Parts, there: Parts) -> Iterator[str]:
    """What makes the declared out of what is there. What would lose rows is written as a comment:
    a person says first where they go.
    """
    tables, wanted = _tables(there), _tables(declared)
    # Compared as PostgreSQL prints them, on both sides: our own spelling never matters.
    changed = {part: text for part, text in declared.items() if there.get(part) != text}
    gone = {part: text for part, text in there.items() if declared.get(part) != text}
    # An index or a check may stand in the way of its column, so that they go first and come last.
    yield from (
        _without(part)
        for part in gone
        if part.table in wanted and part.kind in ("constraint", "index")
    )
    # A part that is altered stands in both, and loses nothing.
    yield from _lost([part for part in gone if part not in declared], tables - wanted)
    yield from _made(wanted - tables)
    of_old = {part: text for part, text in changed.items() if part.table in tables}
    for part, text in of_old.items():
        if part.kind == "column":
            yield from _column(part, text, there.get(part))
    # Checks and indexes at the end: by then all columns that they name are there.
    yield from (_with(part, text) for part, text in of_old.items() if part.kind != "column")


def _tables(told: Parts) -> set[str]:
    return {part.table for part in told if part.kind == "table"}


def _made(tables: set[str]) -> Iterator[str]:
    for table in declare_all().sorted_tables:
        if table.fullname in tables:
            yield from (derived.sql(element) for element in made_of(table))


def _column(part: Part, text: str, before: str | None) -> Iterator[str]:
    """Add a column, or alter one."""
    kind, needed = text.removesuffix(" NOT NULL"), text.endswith(" NOT NULL")
    of = f"ALTER TABLE {part.table}"
    if before is None:
        yield f"{of} ADD COLUMN {part.name} {kind}"
    elif before.removesuffix(" NOT NULL") != kind:
        yield f"{of} ALTER COLUMN {part.name} TYPE {kind}"
    # By itself, and last: a column is added empty, and a person says what older rows get.
    if needed and not (before or "").endswith(" NOT NULL"):
        yield f"-- Rows that are there need a value first.\n{of} ALTER COLUMN {part.name} SET NOT NULL"
    elif before and before.endswith(" NOT NULL") and not needed:
        yield f"{of} ALTER COLUMN {part.name} DROP NOT NULL"


def _lost(gone: list[Part], tables: set[str]) -> Iterator[str]:
    yield from (f"-- Loses its rows: DROP TABLE {table}" for table in sorted(tables))
    for part in gone:
        if part.kind == "column" and part.table not in tables:
            yield f"-- Loses what is in it: ALTER TABLE {part.table} DROP COLUMN {part.name}"


def _without(part: Part) -> str:
    if part.kind == "index":
        return f"DROP INDEX {part.name}"
    return f"ALTER TABLE {part.table} DROP CONSTRAINT {part.name}"


def _with(part: Part, text: str) -> str:
    if part.kind == "index":
        return text
    return f"ALTER TABLE {part.table} ADD CONSTRAINT {part.name} {text}"
