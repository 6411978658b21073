"""PostgreSQL's checksum of each column of a receipt's verdict: the other reading's is in
validations/checksums.py.

Its hashes are those that PostgreSQL spreads rows over partitions by. Where a value was not
readable, the text that was sent is summed in its place; what was sent of turned values, and columns
that are not declared, as jsonb writes them.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa

from lots.errors import GateClosed
from lots.formats.batch import EXTRA, SENT
from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record
from lots.store.intake.staging import ANY, of_receipt, run
from lots.store.intake.values import Sql, text
from lots.store.intake.verdict_table import sql, verdicts
from lots.store.schema.record_tables import offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD

OFFSET = "+"
# The hash is PostgreSQL's own affair: where it ever differs, no file is judged by sums that cannot
# agree.
PROBE, PROBED = "plasma-lots", 1620044593
# Half of it alone: a product with the line's number must fit into a bigint.
LOW = sa.literal_column("2147483647", sa.BigInteger)
ZERO = sa.literal_column("0", sa.BigInteger)


def checksums(
    connection: sa.Connection, record: Record, receipt: int, columns: tuple[str, ...]
) -> dict[str, int]:
    """Each column's sum, modulo 2**64. Raises GateClosed where this PostgreSQL hashes in another
    way than ours.
    """
    names, statement = _statement(record, columns)
    found: sa.Row[Any] = run(connection, of_receipt(statement, receipt)).one()
    if found[0] != PROBED:
        raise GateClosed(
            "This PostgreSQL hashes texts in another way (another byte order or version), so that"
            " its values cannot be held against those that Python read; nothing is accepted."
        )
    # Null where no line has a value in the column: Python's sum over nothing is 0.
    sums: list[Any] = list(found[1:])
    return {name: int(total or 0) % 2**64 for name, total in zip(names, sums, strict=True)}


@cache
def _statement(record: Record, columns: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    table = verdicts(record, ANY)
    sums: dict[str, Sql] = {}
    for column in (c for c in record.columns if c.name in columns):
        hashed = sa.func.coalesce(
            _hashed(column, table.c[column.name]), _unread(column, table.c[UNREAD])
        )
        sums[column.name] = _sum(hashed, table.c.line)
        if column.kind is Kind.INSTANT:
            # The value is in UTC and has lost the offset, which is content all the same
            # (docs/canonical.md).
            sums[column.name + OFFSET] = _sum(
                _hash("hashint2extended", table.c[offset_column(column.name)]), table.c.line
            )
    sums[SENT] = _sum(_hash("hashtextextended", sa.cast(table.c[SENT], sa.Text)), table.c.line)
    if EXTRA in columns:
        sums[EXTRA] = _sum(
            _hash("hashtextextended", sa.cast(table.c[UNDECLARED], sa.Text)), table.c.line
        )
    probe: Sql = _hash("hashtextextended", text(PROBE)).op("&")(LOW)
    return tuple(sums), sql(sa.select(probe, *sums.values()).select_from(table))


def _hash(function: str, value: Sql) -> Sql:
    """PostgreSQL's own hash of a value."""
    return getattr(sa.func, function)(value, ZERO, type_=sa.BigInteger)  # type: ignore[no-any-return]


def _sum(hashed: Sql, line: Sql) -> Sql:
    # A bigint each; their sum is numeric, and is taken modulo 2**64 only in Python.
    return sa.func.sum(hashed.op("&")(LOW).op("*")(line))


def _hashed(column: Column, value: Sql) -> Sql:
    match column.kind:
        case Kind.AMOUNT:
            # As a whole number: hashes of a numeric differ by its trailing zeros.
            digit = sa.literal_column("1" + "0" * column.digits[1], sa.Numeric)
            return _hash("hashint8extended", sa.cast(value * digit, sa.BigInteger))
        case Kind.COUNT:
            return _hash("hashint4extended", value)
        # As a number of days since 2000, which Python has at hand for whole columns.
        case Kind.DAY:
            return _hash(
                "hashint4extended", value - sa.literal_column("date '2000-01-01'", sa.Date)
            )
        case Kind.INSTANT:  # kept as microseconds since 2000 in UTC, and hashed as this number
            return _hash("timestamp_hash_extended", sa.cast(value, sa.TIMESTAMP))
        case _:
            return _hash("hashtextextended", value)


def _unread(column: Column, unread: Sql) -> Any:
    """The hash of the text that could not be read; null where nothing in the row is such."""
    # Every text can be read as one, so that nothing of it ever stands under unread.
    if column.kind is Kind.TEXT:
        return sa.null()
    return sa.case(
        (unread.is_not(None), _hash("hashtextextended", unread.op("->>")(text(column.name))))
    )
