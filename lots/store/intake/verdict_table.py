"""The table of verdicts: what a verdict leaves for each row, and its counts by rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.formats.batch import SENT
from lots.grammar.column import Rule
from lots.grammar.schema import Kind, Outcome, Record
from lots.store.intake.staging import ANY, of_receipt, run
from lots.store.intake.values import (
    DIALECT,
    sql_type,
)
from lots.store.schema.record_tables import offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD


def bit_of(record: Record, rule: Rule) -> int:
    """The bit that stands for a breach of the rule in a row's verdict."""
    # By its place among the rules: verdicts do not outlive their receipt, so places may
    # change.
    return 1 << record.rules.index(rule)


def refusing(record: Record) -> int:
    """The bits of the rules that refuse a row."""
    return sum(bit_of(record, rule) for rule in record.rules if rule.outcome is Outcome.REFUSE)


def typed_columns(record: Record) -> dict[str, sa.types.TypeEngine[Any]]:
    """Every typed column of the accepted table with its type, in the table's order."""
    found: dict[str, sa.types.TypeEngine[Any]] = {}
    for column in record.columns:
        found[column.name] = sql_type(column)
        if column.kind is Kind.INSTANT:
            found[offset_column(column.name)] = sa.SmallInteger()
    return found


def verdicts(record: Record, receipt: int | str) -> sa.TableClause:
    """The table of verdicts, as statements name it."""
    return sa.table(
        f"verdict_{receipt}",
        sa.column("line", sa.BigInteger),
        sa.column("bits", sa.BigInteger),
        sa.column("rank", sa.Integer),
        sa.column("content", pg.BYTEA),
        sa.column(UNREAD, pg.JSONB),
        sa.column(UNDECLARED, pg.JSONB),
        sa.column(SENT, pg.JSONB),
        *(sa.column(n, t) for n, t in typed_columns(record).items()),
        schema="receiving",
    )


def sql(statement: sa.ClauseElement) -> str:
    """The statement as PostgreSQL gets it, with nothing left out."""
    # Written out: the statement is that which `lots sql` prints, and a driver's parameters end at
    # 65,535.
    return str(statement.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})).replace(
        "%%", "%"
    )


def usable(record: Record, table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether no rule refuses a row."""
    return table.c.bits.op("&")(sa.literal_column(str(refusing(record)))) == 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What a verdict's rows are: all, those that no rule refuses, and by rule those that broke it."""

    rows: int
    usable: int
    failures: Mapping[str, int]


def counts(connection: sa.Connection, record: Record, receipt: int) -> Counts:
    """The counts of a receipt's verdict, by PostgreSQL's reading."""
    found: list[Any] = list(run(connection, of_receipt(_counts(record), receipt)).one())
    failed = zip(record.rules, found[2:], strict=True)
    return Counts(int(found[0]), int(found[1]), {rule.id: int(n) for rule, n in failed})


@cache
def _counts(record: Record) -> str:
    table = verdicts(record, ANY)
    counted = sa.select(sa.func.count()).select_from(table)
    failed = [
        sa.func.count().filter(
            table.c.bits.op("&")(sa.literal_column(str(bit_of(record, rule)))) != 0
        )
        for rule in record.rules
    ]
    whole = [counted.scalar_subquery(), counted.where(usable(record, table)).scalar_subquery()]
    # Rule by rule only of the rows that broke one: most broke none.
    return sql(sa.select(*whole, *failed).select_from(table).where(table.c.bits != 0))
