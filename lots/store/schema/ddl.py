"""The schema that the declarations ask for, as SQL: what the migrations' result is compared
with.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from lots.store.schema import derived
from lots.store.schema.record_tables import declare_all
from lots.store.schema.tables import SCHEMAS


def statements() -> Iterator[str]:
    """Every statement, in order: what revisions make, and what follows from it."""
    yield from tables()
    yield from derived.statements()


def tables() -> Iterator[str]:
    """What revisions make, and nothing else does: schemas, tables with their keys, indexes."""
    yield from (f"CREATE SCHEMA {schema}" for schema in SCHEMAS)
    for table in declare_all().sorted_tables:
        yield from (derived.sql(element) for element in made_of(table))


def made_of(table: sa.Table) -> Iterator[sa.schema.ExecutableDDLElement]:
    """A table and its indexes, those in the order of their names."""
    yield CreateTable(table)
    # SQLAlchemy keeps a table's indexes as a set: in no order that two runs would share.
    yield from (CreateIndex(index) for index in sorted(table.indexes, key=lambda i: str(i.name)))


def script() -> str:
    """All of it as one readable file."""
    return joined(statements())


def joined(of: Iterator[str]) -> str:
    """Statements as one readable file."""
    return ";\n\n".join(of) + ";\n"
