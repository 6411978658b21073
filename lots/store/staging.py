"""Staging: one unlogged table of texts for each receipt, filled once, and beside it the lines that are no rows."""

import csv
import io
from collections.abc import Iterable
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.forms.batch import EXTRA, Batch, Broken
from lots.schema import Record

BATCH_ROWS = 10_000


def staged(receipt: int, columns: tuple[str, ...]) -> sa.TableClause:
    """The staging table of a receipt, as its statements name it."""
    return sa.table(f"staged_{receipt}", sa.column("line", sa.BigInteger),
                    *(sa.column(c, sa.Text) for c in columns), schema="receiving")


def broken(receipt: int) -> sa.TableClause:
    """The table of a receipt's lines that are refused, with their bytes."""
    return sa.table(
        f"broken_{receipt}", sa.column("line", sa.BigInteger), sa.column("lines", sa.Integer),
        sa.column("byte_offset", sa.BigInteger), sa.column("byte_length", sa.BigInteger), sa.column("raw", pg.BYTEA),
        sa.column("reason", sa.Text), schema="receiving")


def create(connection: sa.Connection, receipt: int, record: Record) -> None:
    """Make both tables anew, dropping what a crash left."""
    drop(connection, receipt)
    texts = ", ".join(f"{c.name} text" for c in record.columns)
    run(connection, f"CREATE UNLOGGED TABLE receiving.staged_{receipt} (line bigint NOT NULL, {texts}, {EXTRA} text)")
    run(connection, f"CREATE UNLOGGED TABLE receiving.broken_{receipt} (line bigint NOT NULL, lines integer NOT NULL, "
                    "byte_offset bigint NOT NULL, byte_length bigint NOT NULL, raw bytea NOT NULL, reason text)")


def drop(connection: sa.Connection, receipt: int) -> None:
    """Remove a receipt's working tables."""
    for name in ("staged", "broken", "prepared"):
        run(connection, f"DROP TABLE IF EXISTS receiving.{name}_{receipt}")


def fill(connection: sa.Connection, receipt: int, columns: tuple[str, ...], batch: Batch) -> None:
    """Copy a batch's rows and its broken lines."""
    if batch.rows:
        names = ", ".join(("line", *columns))
        copy(connection, f"COPY receiving.staged_{receipt} ({names}) FROM STDIN (FORMAT csv)", batch.numbered())
    add_broken(connection, receipt, batch.broken)


def copy(connection: sa.Connection, statement: str, data: bytes) -> None:
    """Run COPY … FROM STDIN with these bytes; the one place that speaks to the driver itself."""
    driver = connection.connection.driver_connection
    with driver.cursor().copy(statement) as stream:  # type: ignore[union-attr]
        stream.write(data)


def add_broken(connection: sa.Connection, receipt: int, lines: Iterable[Broken]) -> None:
    """Keep lines that are refused, with where they are and their bytes."""
    into = f"COPY receiving.broken_{receipt} FROM STDIN (FORMAT csv)"
    waiting = iter(lines)
    while rows := list(islice(waiting, BATCH_ROWS)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            (b.line, b.lines, b.offset, b.length, "\\x" + b.raw.hex(), b.reason) for b in rows)
        copy(connection, into, out.getvalue().encode())


def add_staged_as_broken(connection: sa.Connection, receipt: int, lines: list[int]) -> None:
    """The same for rows of a form that has no lines, such as Parquet: their bytes are their texts as JSON."""
    connection.exec_driver_sql(
        f"INSERT INTO receiving.broken_{receipt} SELECT line, 1, 0, 0, "
        "convert_to(jsonb_strip_nulls(to_jsonb(s) - 'line')::text, 'UTF8'), NULL "
        f"FROM receiving.staged_{receipt} AS s WHERE line = ANY (%s)", (lines,))


def count(connection: sa.Connection, table: sa.FromClause) -> int:
    """Rows of a table."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def run(connection: sa.Connection, statement: str) -> None:
    """Run a statement as it is: a percent sign in it is no placeholder."""
    connection.exec_driver_sql(statement.replace("%", "%%"))
