"""Judge a staged file: PostgreSQL's verdict on every row,
held against that of Great Expectations.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from lots.errors import GateClosed
from lots.formats.locate import located
from lots.pipeline import keep
from lots.pipeline.concurrent_reading import ConcurrentReading, Reading
from lots.pipeline.stage import Staged, check_tiles
from lots.settings import Settings
from lots.store.engine import Connection
from lots.store.intake import (
    checksums,
    putting_aside,
    receipts,
    row_verdict,
    staging,
    verdict_table,
)
from lots.store.intake.receipts import Receipt


def judge(
    connection: Connection,
    receipt: Receipt,
    staged: Staged,
    python: ConcurrentReading,
    settings: Settings,
) -> None:
    """Run the SQL verdict and compare. Raises GateClosed where the two readings differ in one
    count.
    """
    number, record = receipt.receipt, staged.record
    # What COPY took is counted in the table, since a reader that counts itself would not miss what
    # it loses.
    rows, broken = staging.counts(connection, number)
    check_tiles(staged.tiles, rows, broken)
    row_verdict.create(connection, record, number, receipt.received_at, staged.columns)
    counts = verdict_table.counts(connection, record, number)
    # A verdict that lost a row would lose it silently: nothing else would count it.
    if counts.rows != rows:
        raise GateClosed(
            f"{rows:,} rows were staged but not all have a verdict; nothing is accepted."
        )
    # While Python may still be reading.
    sums = checksums.checksums(connection, record, number, staged.columns)
    staged.tallies = _agreed(
        python,
        partial(expect_same, rows, sums, counts.failures),
        # Else the server would take us for one that hangs, where Python reads for long.
        partial(receipts.at_work, connection),
    ).tallies
    staged.usable = counts.usable
    if counts.usable < rows:
        _keep_refused(connection, receipt, staged, settings)


def _agreed(
    python: ConcurrentReading,
    expect: Callable[[Reading], None],
    meanwhile: Callable[[], None],
) -> Reading:
    """Python's reading that is PostgreSQL's too. Raises GateClosed."""
    if python.ahead is not None:
        # Where it differs, what is wrong may be of another file that was judged with it: alone it
        # is told what it would have been told without them.
        with suppress(GateClosed):
            expect(python.ahead)
            return python.ahead
    alone = python.result(meanwhile)
    expect(alone)
    return alone


def expect_same(
    rows: int, sums: Mapping[str, int], failures: Mapping[str, int], python: Reading
) -> None:
    """Raise GateClosed unless Python read what PostgreSQL did: rows, values and breaches."""
    if python.rows != rows:
        raise GateClosed(
            f"{rows:,} rows were staged but {python.rows:,} judged in Python; nothing is accepted."
        )
    # Values first: where they differ, so may counts, and the column's name says more than a rule's.
    compare_values(python.checksums, sums)
    compare(python.tallies, failures)


def _keep_refused(
    connection: Connection, receipt: Receipt, staged: Staged, settings: Settings
) -> None:
    """Keep the bytes of rows that a rule refuses: only their lines are known here, so they are
    sought once more.
    """
    number = receipt.receipt
    # Rows that PostgreSQL refuses were staged as texts; their bytes are still in the kept file
    # alone.
    lines = putting_aside.refused_lines(connection, staged.record, number)
    if staged.layout.form == "parquet":
        staging.add_staged_as_broken(connection, number, lines)
    else:
        with keep.open_kept(receipt.sha256, settings) as stream:
            staging.add_broken(
                connection,
                number,
                located(stream, receipt.bytes, lines, quoted=staged.layout.form == "csv"),
            )


def compare(python: Mapping[str, tuple[int, int]], sql: Mapping[str, int]) -> None:
    """Raise GateClosed unless every rule was judged in both readings with the same number of
    breaches.
    """
    if python.keys() != sql.keys():
        missing = ", ".join(sorted(python.keys() ^ sql.keys()))
        raise GateClosed(f"Rules judged in one reading only: {missing}; nothing is accepted.")
    differing = [
        f"{rule}: {python[rule][1]:,} and {sql[rule]:,}"
        for rule in sql
        if python[rule][1] != sql[rule]
    ]
    if differing:
        raise GateClosed(
            "Great Expectations and PostgreSQL count different breaches ("
            + "; ".join(differing)
            + "); nothing is accepted."
        )


def compare_values(python: Mapping[str, int], postgres: Mapping[str, int]) -> None:
    """Raise GateClosed, naming the columns, unless both readings hold the same values on the same
    lines.
    """
    differing = sorted(
        {
            name.removesuffix(checksums.OFFSET)
            for name in python.keys() | postgres.keys()
            if python.get(name) != postgres.get(name)
        }
    )
    if differing:
        raise GateClosed(
            f"Python and PostgreSQL read different values in {', '.join(differing)} of the same"
            " bytes; nothing is accepted. What stands between them changes values: look at the"
            " driver, the server's version and the session's settings."
        )
