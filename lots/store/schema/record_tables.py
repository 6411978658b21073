"""One table for each record type, made from its declaration."""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Kind, Record
from lots.records import records
from lots.store.intake.reading import sql_type, text
from lots.store.schema.lineage_tables import NODE
from lots.store.schema.tables import BIG, INT, METADATA, SMALL, needed

OFFSET_SUFFIX = "_offset_min"


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
        needed("content", pg.BYTEA),
        sa.Column("as_sent", pg.JSONB),
    ]
    for column in record.columns:
        unit = f" [{column.unit}]" if column.unit else ""
        columns.append(
            sa.Column(
                column.name,
                sql_type(column),
                comment=column.meaning + unit,
                nullable=column.name not in record.key,
            )
        )
        if column.kind is Kind.INSTANT:
            columns.append(
                sa.Column(offset_column(column.name), SMALL, comment="its offset as sent [min]")
            )
        if column.kind is Kind.CHOICE:
            named = sa.column(column.name).in_([text(c) for c in column.choices])
            columns.append(sa.CheckConstraint(named, name=column.name))
    columns += [
        sa.Column("sent", pg.JSONB, comment=SENT_MEANING),
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


def _link_indexes(record: Record) -> list[sa.Index]:
    """An index for each link that a question walks upward and the key does not lead."""
    walked = {link.columns for link in record.links if link.record != "party"} | set(
        EXTRA_INDEXES.get(record.name, ())
    )
    targets = {
        link.on
        for other in records().values()
        for link in other.links
        if link.record == record.name and link.on
    }
    found = [
        sa.Index(f"ix_{record.name}_{'_'.join(columns)}"[:63], *columns)
        for columns in sorted(walked | targets)
        if columns != record.key[: len(columns)]
    ]
    if (
        record.name == "test_result"
    ):  # few rows, and every question about a donor's past asks for them
        few = sa.text("interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate')")
        found.append(sa.Index("ix_test_result_reactive", "tested_id", postgresql_where=few))
    return found


EXTRA_INDEXES = {
    "administration_vial": (("gtin", "serial"), ("lot_number",)),
    "dispensing": (("gtin", "serial"), ("lot_number",)),
    "pack": (("lot_number",),),
    "lot": (("lot_number",),),
    "shipment": (("lot_number",), ("sscc", "serial"), ("to_party",)),
    "package_content": (("child_sscc",),),
    "reconstitution_vial": (("gtin", "serial"),),
    "test_result": (
        ("kit_lot",),
    ),  # one result in thirty, or those that name none, of all that were ever received
    "stock_count": (("lot_number",),),
    "vial_fate": (("lot_number",),),
}


def declare_all() -> sa.MetaData:
    """The metadata with all tables: one for every record type, and those of the house."""
    for record in records().values():
        accepted(record)
    # The same metadata for all; asked of one of lineage's tables, so that those are in it too.
    return NODE.metadata
