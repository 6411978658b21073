"""One table for each record type, made from its declaration."""

from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column, Lookup, When
from lots.grammar.schema import Kind, Record
from lots.records import records
from lots.store.intake.values import sql_type, text
from lots.store.schema import skeleton
from lots.store.schema.access_tables import ACCOUNT
from lots.store.schema.custody_tables import CUSTODY
from lots.store.schema.disposition_tables import DISPOSITION
from lots.store.schema.elements import BIG, INT, METADATA, SMALL, needed
from lots.store.schema.ledger_tables import ENTRY
from lots.store.schema.lineage_tables import NODE
from lots.store.schema.redaction_tables import REDACTED
from lots.store.schema.scan_tables import SCAN
from lots.store.schema.tables import UNDECLARED, UNREAD
from lots.store.schema.word_tables import RETRACTION

OFFSET_SUFFIX = "_offset_min"
# The columns of every record that its sender does not declare.
SYSTEM = ("receipt", "line", "version", "rank", "content", UNREAD, UNDECLARED, "sent")


UNREAD_MEANING = "what was sent and is no value of its column, by column"
UNDECLARED_MEANING = "what was sent in columns that are not declared, by name"
SENT_MEANING = (
    "what was sent in place of a value that was turned, by column; not part of the content"
)


def offset_column(name: str) -> str:
    """The column beside an instant that keeps the offset as it was sent."""
    return f"{name}{OFFSET_SUFFIX}"


@cache
def accepted(record: Record) -> sa.Table:
    """The typed, versioned table of a record type."""
    columns: list[sa.schema.SchemaItem] = [
        needed("receipt", BIG),
        needed("line", BIG),
        sa.Column("version", SMALL, nullable=False),
        needed("rank", INT),
        # The hash of docs/canonical.md: equal where two rows say the same, whatever their columns'
        # order.
        needed("content", pg.BYTEA),
        sa.Column(UNREAD, pg.JSONB, comment=UNREAD_MEANING),
        sa.Column(UNDECLARED, pg.JSONB, comment=UNDECLARED_MEANING),
    ]
    for column in record.columns:
        columns += _made_of(record, column)
    columns += [
        sa.Column("sent", pg.JSONB, comment=SENT_MEANING),
        # The key and its version: a contradiction is kept beside what it contradicts, never instead
        # of it.
        sa.PrimaryKeyConstraint(*record.key, "version"),
        sa.Index(f"ix_{record.name}_receipt", "receipt"),
    ]
    return sa.Table(
        record.name,
        METADATA,
        *columns,
        *_link_indexes(record),
        schema="accepted",
        comment=record.meaning,
    )


def _made_of(record: Record, column: Column) -> Iterator[sa.schema.SchemaItem]:
    """What of a table one declared column makes."""
    unit = f" [{column.unit}]" if column.unit else ""
    # Whatever a rule asks for may be missing all the same: such a row is a finding, no refusal.
    needless = column.name not in record.key
    meaning = column.meaning + unit
    yield sa.Column(column.name, sql_type(column), comment=meaning, nullable=needless)
    if column.kind is Kind.INSTANT:
        yield sa.Column(offset_column(column.name), SMALL, comment="its offset as sent [min]")
    if column.kind is Kind.CHOICE:
        named = sa.column(column.name).in_([text(c) for c in column.choices])
        yield sa.CheckConstraint(named, name=column.name)


def standing(record: Record) -> sa.TableClause:
    """The view of a record type's standing versions."""
    return sa.table(
        record.name,
        *(sa.column(c.name, c.type) for c in accepted(record).columns),
        schema="standing",
    )


def things(record: Record, column: Column) -> sa.TableClause:
    """The view of the rows in which a column that may name a person names a thing."""
    named_when = column.named_when
    names = (column.name, named_when.column) if named_when else (column.name,)
    return sa.table(
        f"{record.name}_of_things",
        # Which rows they are, so that one that is shown can be looked up.
        sa.column("receipt", BIG),
        sa.column("line", BIG),
        *(sa.column(name, sa.Text) for name in names),
        schema="accepted",
    )


def _link_indexes(record: Record) -> list[sa.Index]:
    """An index for each link that a question walks upward and the key does not lead."""
    walked = {link.columns for link in record.waiting if link.record != "party"}
    targets = {
        link.on
        for other in records().values()
        for link in other.waiting
        if link.record == record.name and link.on
    }
    every = (
        walked | targets | {k.columns for k in record.looked_up if k.when is None and not k.nearly}
    )
    # What the key begins with is found by the key's own index.
    found = [
        sa.Index(f"ix_{record.name}_{'_'.join(columns)}"[:63], *columns)
        for columns in sorted(every)
        if columns != record.key[: len(columns)]
    ]
    near = [
        skeleton.index(f"ix_{record.name}_near", *k.columns) for k in record.looked_up if k.nearly
    ]
    return [*found, *near, *(_partial(record, k, k.when) for k in record.looked_up if k.when)]


def _partial(record: Record, lookup: Lookup, when: When) -> sa.Index:
    few = sa.column(when.column).in_([text(value) for value in when.values])
    return sa.Index(f"ix_{record.name}_{lookup.name}", *lookup.columns, postgresql_where=few)


def declare_all() -> sa.MetaData:
    """The metadata with all tables: one for every record type, and those of the house."""
    for record in records().values():
        accepted(record)
    # The same metadata for all; asked of a table of each module, so that theirs are in it too.
    of = (NODE, CUSTODY, RETRACTION, ACCOUNT, ENTRY, DISPOSITION, SCAN, REDACTED)
    (metadata,) = {table.metadata for table in of}
    return metadata
