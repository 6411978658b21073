"""Which versions complete which: they say all that another says, and fill what was empty
(docs/versions.md).
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record
from lots.store.intake.staging import run
from lots.store.intake.values import (
    GTIN_DIGITS,
    Sql,
    bare_word,
    escaped,
    matches_all,
    stands_for_unknown,
    text,
)
from lots.store.intake.verdict_table import sql
from lots.store.queries import query
from lots.store.schema.record_tables import accepted, offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD

BLANKS = " \t\u00a0"  # around a value, and within a GTIN, they mean nothing
LONGEST = 40  # digits of an amount that is looked at: no column has more
NONE = (
    "SELECT 0::bigint AS receipt, 0::bigint AS line, 0::bigint AS by_receipt, 0::bigint AS by_line"
    " WHERE false"
)


def gather(connection: sa.Connection, record: Record, *, rivals: bool) -> None:
    """Make the table version_completes: each version of the keys in question with each that
    completes it.
    """
    # Who sent what is looked up only where it can matter: that reads arrivals of every version.
    completable = rivals and any(c.completable for c in record.columns)
    if completable:
        connection.execute(query("sender", "standing"))
    run(
        connection,
        "CREATE TEMP TABLE version_completes ON COMMIT DROP AS "
        f"{_pairs(record) if completable else NONE}",
    )
    if completable:
        run(connection, "DROP TABLE version_sender")


@cache
def _pairs(record: Record) -> str:
    emptier, fuller = accepted(record).alias("emptier"), accepted(record).alias("fuller")
    one, other = (_sent_by(name) for name in ("one", "other"))
    select = (
        sa.select(
            emptier.c.receipt,
            emptier.c.line,
            fuller.c.receipt.label("by_receipt"),
            fuller.c.line.label("by_line"),
        )
        .join_from(one, emptier, sa.and_(*(emptier.c[c] == one.c[c] for c in ("receipt", "line"))))
        .join(
            fuller,
            sa.and_(
                *(fuller.c[c] == emptier.c[c] for c in record.key),
                # Of one rank alone: a correction is no completion, and outranks by itself.
                fuller.c.rank == emptier.c.rank,
                fuller.c.content != emptier.c.content,
            ),
        )
        .join(other, sa.and_(*(fuller.c[c] == other.c[c] for c in ("receipt", "line"))))
        # Whoever said the emptier one must have said the fuller one too: nobody fills in for
        # another.
        .where(one.c.senders.op("<@")(other.c.senders), *_says_all(record, emptier, fuller))
    )
    return sql(select)


def _sent_by(name: str) -> sa.FromClause:
    return sa.table(
        "version_sender", sa.column("receipt"), sa.column("line"), sa.column("senders")
    ).alias(name)


def _says_all(record: Record, emptier: sa.FromClause, fuller: sa.FromClause) -> list[Sql]:
    """That one row says in every column what another says, or fills it in where that may be."""
    filled = [c for c in record.columns if c.completable]
    said: list[Sql] = [
        _same(c, emptier, fuller)
        for c in record.columns
        if not c.completable and c.name not in record.key
    ]
    said += [sa.or_(_same(c, emptier, fuller), _fills(c, emptier, fuller)) for c in filled]
    # At least one: of two that say the same each would be before the other, and none would stand.
    said.append(sa.or_(*(_fills(c, emptier, fuller) for c in filled)))
    # What could not be read in columns that may be filled is compared one by one.
    names = sa.cast(sa.literal([c.name for c in filled], pg.ARRAY(sa.Text)), pg.ARRAY(sa.Text))
    said.append(_texts(emptier, UNREAD).op("-")(names) == _texts(fuller, UNREAD).op("-")(names))
    said.append(_texts(emptier, UNDECLARED) == _texts(fuller, UNDECLARED))
    return said


def _texts(row: sa.FromClause, name: str) -> Sql:
    return sa.func.coalesce(row.c[name], sa.cast(text("{}"), pg.JSONB))


def _text_of(row: sa.FromClause, column: Column) -> Sql:
    """What was sent in a column that could not be read, or that names nobody."""
    return row.c[UNREAD].op("->>")(text(column.name))


def _same(column: Column, one: sa.FromClause, other: sa.FromClause) -> Sql:
    # Two empty values say the same thing, namely nothing.
    same = [one.c[column.name].is_not_distinct_from(other.c[column.name])]
    # The value is in UTC: sent with another offset it is other content, and so another version.
    if column.kind is Kind.INSTANT:
        offset = offset_column(column.name)
        same.append(one.c[offset].is_not_distinct_from(other.c[offset]))
    if column.completable:
        same.append(_text_of(one, column).is_not_distinct_from(_text_of(other, column)))
    return sa.and_(*same)


def _fills(column: Column, emptier: sa.FromClause, fuller: sa.FromClause) -> Sql:
    raw, value = _text_of(emptier, column), fuller.c[column.name]
    may: list[Sql] = [raw.is_(None), _spells(column, raw, value)]
    if column.names:
        may.append(stands_for_unknown(bare_word(raw), column.names))
    return sa.and_(emptier.c[column.name].is_(None), value.is_not(None), sa.or_(*may))


def _spells(column: Column, raw: Sql, value: Sql) -> Sql:
    """Whether a text that cannot be read is this value but for blanks, or a decimal comma."""
    trimmed = sa.func.btrim(raw, escaped(BLANKS))
    match column.kind:
        case Kind.GTIN:
            digits = sa.func.translate(raw, escaped(BLANKS + "-"), text(""))
            return sa.and_(
                sa.func.length(digits) <= GTIN_DIGITS,
                sa.func.lpad(digits, GTIN_DIGITS, text("0")) == value,
            )
        case Kind.AMOUNT:
            # Three digits after a comma may be thousands: then nobody knows what was meant.
            plain = sa.and_(
                matches_all(trimmed, "-?[0-9]+([.,][0-9]+)?"),
                sa.not_(matches_all(trimmed, "-?[0-9]+,[0-9]{3}")),
                sa.func.length(trimmed) <= LONGEST,
            )
            number = sa.cast(sa.func.replace(trimmed, text(","), text(".")), sa.Numeric())
            # Within CASE: only what looks like a number may be cast.
            return sa.case((plain, number == value), else_=sa.false())
        case Kind.DAY:
            return trimmed == sa.func.to_char(value, text("YYYY-MM-DD"))
        case Kind.INSTANT:
            return sa.false()
        case _:
            return trimmed == sa.cast(value, sa.Text)
