"""What rows of given keys tell: by place and file, what each links to, of which product, and when.

Made from the records' declarations; keys of persons are not among it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Link
from lots.grammar.kinds import Kind, Tells
from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.store.intake.breaches import in_scope
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.schema.record_tables import accepted, standing

Key = tuple[str, ...]
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A version: where it came from, what each of its links names (nothing where a column
    of it is empty or it is out of scope), the GTINs that it tells, None for one that it does not,
    and when it was.
    """

    record: str
    key: Key
    file_name: str
    sender: str
    receipt: int
    line: int
    names: dict[str, Names]
    gtins: tuple[str | None, ...]
    at: datetime | None

    @property
    def where(self) -> str:
        """Its place, as one types it, and its file."""
        return f"{self.receipt}:{self.line} ({self.file_name})"


def rows(connection: sa.Connection, keys: Iterable[tuple[str, Key]]) -> list[Row]:
    """The standing versions of these keys of records: record by record, by file and line."""
    asked: dict[str, list[str]] = {}
    for record, key in sorted(set(keys)):
        asked.setdefault(record, []).append(json.dumps(key))
    if not asked:
        return []
    # Of all records at once: each statement takes longer than its few rows.
    found = connection.execute(_statement(tuple(asked)), asked)
    return [
        Row(
            r.record,
            tuple(r.key),
            r.file_name,
            r.sender,
            r.receipt,
            r.line,
            # Half a name is none.
            {name: tuple(told) for name, told in r.names.items() if None not in told},
            tuple(r.gtins),
            r.at,
        )
        for r in found
    ]


def linked(record: Record) -> tuple[Link, ...]:
    """The links of a record that are on a path and name no person."""
    return tuple(
        link
        for link in record.links
        if not link.aside and not any(record.column(c).of_person for c in link.columns)
    )


@cache
def _statement(names: tuple[str, ...]) -> sa.TextClause:
    # By itself: else the receipts are joined first, and every row of each is read.
    told = "\nUNION ALL\n".join(_told_of(name) for name in names)
    return sa.text(f"""WITH told AS MATERIALIZED (
{told}
)
SELECT told.record, told.key, told.receipt, told.line, told.names, told.gtins, told.at,
    receipt.file_name, receipt.sender
FROM told
JOIN receiving.receipt USING (receipt)
ORDER BY told.record, receipt.file_name, told.line""")


@cache
def _told_of(name: str) -> str:
    record = record_of(name)
    rows = standing(record)
    # The parameter is called like the record.
    every = sa.func.unnest(sa.literal_column(f"CAST(:{name} AS jsonb[])", pg.ARRAY(pg.JSONB)))
    asked = every.table_valued(sa.column("key", pg.JSONB), name="asked").render_derived()
    # Looked up by the key, a few of many: cast to what its columns are, so that the index serves.
    same = [
        rows.c[c] == sa.cast(asked.c.key.op("->>")(n), accepted(record).c[c].type)
        for n, c in enumerate(record.key)
    ]
    at = rows.c[record.at] if _dated(record) else sa.null()
    return sql(
        sa.select(
            text(name).label("record"),
            asked.c.key,
            rows.c.receipt,
            rows.c.line,
            _names(record, rows).label("names"),
            _gtins(record, rows).label("gtins"),
            sa.cast(at, sa.DateTime(timezone=True)).label("at"),
        ).where(*same)
    )


def _dated(record: Record) -> bool:
    return bool(record.at) and record.column(record.at).kind is Kind.INSTANT


def _names(record: Record, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    pairs: list[sa.ColumnElement[Any]] = []
    for link in linked(record):
        values: sa.ColumnElement[Any] = sa.func.jsonb_build_array(
            *(sa.cast(rows.c[c], sa.Text) for c in link.columns)
        )
        if link.when:
            scope = in_scope(link.when, {link.when.column: rows.c[link.when.column]})
            values = sa.case((scope, values), else_=sa.text("'[null]'::jsonb"))
        pairs += [text(link.name), values]
    return sa.func.jsonb_build_object(*pairs)


def _gtins(record: Record, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    found = [c for c in record.columns if c.kind is Kind.GTIN and c.tells is Tells.PRODUCT]
    # A code that is not told stands as null: who excludes by product must see that it is not.
    told = [sa.cast(rows.c[c.name], sa.Text) for c in found] or [sa.cast(sa.null(), sa.Text)]
    return pg.array(told)
