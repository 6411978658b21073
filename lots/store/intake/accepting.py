"""What one transaction does with a judged file: rows in, and what is known already beside them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Record
from lots.store.intake.staging import ANY, of_receipt, run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql, usable, verdicts
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import KNOWN, UNREAD

LEFT = "left_over"


def rows_changed(connection: sa.Connection, statement: sa.Executable) -> int:
    """Run a statement; how many rows it inserted or deleted."""
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount


def key_of(record: Record, table: sa.FromClause) -> sa.ColumnElement[Any]:
    """A row's key as a JSON array of texts, in the order of the declaration."""
    # As texts, so that one column of one table can hold the keys of all records.
    return sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in record.key))


def same_key(record: Record, a: sa.FromClause, b: sa.FromClause) -> sa.ColumnElement[bool]:
    # A plain comparison: no part of a key is ever empty, since a row without one is refused.
    return sa.and_(*(a.c[c] == b.c[c] for c in record.key))


def is_retraction(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a row says that its key was entered in error, readably or not (docs/versions.md)."""
    unread: sa.ColumnElement[bool] = sa.func.coalesce(
        table.c[UNREAD].op("?")(text("retracted")), sa.false()
    )
    # A word that cannot be read retracts too: it was meant to say that something is wrong.
    return sa.or_(table.c.retracted.is_not(None), unread)


def _columns(record: Record) -> list[str]:
    return [c.name for c in accepted(record).columns]


def _taken(
    record: Record, source: sa.FromClause, given: Mapping[str, sa.ColumnElement[Any]]
) -> list[sa.Label[Any]]:
    """What fills the accepted table's columns: what is given, else the source's column of that
    name.
    """
    return [(given[c] if c in given else source.c[c]).label(c) for c in _columns(record)]


def insert_new(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Take every usable row whose key is new; the number of rows taken.

    Most files bring only new keys, and are taken in one go; where one stands already, the slower
    way finds which.
    """
    statement = of_receipt(_insert_new(record), receipt)
    try:
        # A savepoint: the refused attempt must not take the whole acceptance with it.
        with connection.begin_nested():
            return run(connection, statement).rowcount
    except sa.exc.IntegrityError:
        # Looks at each key: a file of new keys alone need not pay for it.
        return run(connection, f"{statement} ON CONFLICT DO NOTHING").rowcount


@cache
def _insert_new(record: Record) -> str:
    source = verdicts(record, ANY)
    given: dict[str, sa.ColumnElement[Any]] = {
        "receipt": sa.literal_column(ANY),
        # Linking takes a higher number as the sign that the key said something else before.
        "version": sa.literal_column("1"),
    }
    select = sa.select(*_taken(record, source, given)).where(usable(record, source))
    return sql(sa.insert(accepted(record)).from_select(_columns(record), select))


def _left_over(record: Record) -> sa.TableClause:
    return sa.table(LEFT, *(sa.column(c.name, c.type) for c in verdicts(record, 0).columns))


def insert_versions(connection: sa.Connection, record: Record, receipt: int) -> tuple[int, int]:
    """Take the rows whose key stands already: (taken as further versions, known with the same
    content).
    """
    table, source = accepted(record), verdicts(record, receipt)
    # What the first attempt took stands under this receipt by now; only the rest is compared.
    taken_lines = sa.select(table.c.line).where(table.c.receipt == receipt)
    remaining = sa.select(source).where(usable(record, source), source.c.line.not_in(taken_lines))
    run(connection, f"CREATE TEMP TABLE {LEFT} ON COMMIT DROP AS {sql(remaining)}")
    taken = known = 0
    # A file may hold several versions of one key: each round takes one, and what equals it then is
    # known.
    while True:
        # What equals a row that stands leaves before it could be taken as a version of its own.
        known += _put_known(connection, record, receipt)
        further = _insert_further(connection, record, receipt)
        if not further:
            break
        taken += further
    run(connection, f"DROP TABLE {LEFT}")
    return taken, known


def _put_known(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Keep of each row that is left over and known which row has its content; it leaves."""
    table, left = accepted(record), _left_over(record)
    select = sa.select(
        sa.literal_column(str(receipt)), left.c.line, table.c.receipt, table.c.line
    ).where(same_key(record, table, left), table.c.content == left.c.content)
    # Senders of a content are all who sent it, so that the first to arrive decides nothing: hence
    # which row was repeated is kept (docs/decisions/versions.md).
    known = rows_changed(
        connection,
        sa.insert(KNOWN).from_select(["receipt", "line", "of_receipt", "of_line"], select),
    )
    mine = sa.exists().where(KNOWN.c.receipt == receipt, KNOWN.c.line == left.c.line)
    # Nothing is looked for where nothing was known.
    return known and rows_changed(connection, sa.delete(left).where(mine))


def _insert_further(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Take one more version of each key that is left over, the first line of each; what was taken
    leaves.
    """
    table, left = accepted(record), _left_over(record)
    newest = (
        sa.select(sa.func.max(table.c.version) + 1)
        .where(same_key(record, table, left))
        .scalar_subquery()
    )
    given = {"receipt": sa.literal_column(str(receipt)), "version": newest}
    keys = [left.c[c] for c in record.key]
    first = (
        sa.select(*_taken(record, left, given))
        .ext(pg.distinct_on(*keys))
        # By line, so that the same file gives the same versions whenever it is received.
        .order_by(*keys, left.c.line)
    )
    insert = sa.insert(table).from_select(_columns(record), first).returning(table.c.line)
    lines = connection.execute(insert).scalars().all()
    connection.execute(
        sa.delete(left).where(
            left.c.line == sa.any_(sa.literal(list(lines), pg.ARRAY(sa.BigInteger)))
        )
    )
    return len(lines)
