"""Receiving test results, from bytes to accepted rows, beside a plain COPY and beside pandas with
the same rules.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.files import COLUMNS, write_results
from benchmarks.timing import Took, ratio, timed, told
from lots.pipeline.receive import receive
from lots.postgres.cluster import Cluster
from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.schema.record_tables import SYSTEM, accepted

OURS, COPY, PANDAS = "receive", "COPY, typed table and key", "pandas + GX COMPLETE + to_sql"
Way = Callable[[Settings, Path], None]


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the medians of the three ways and the two ratios."""
    path = write_results(folder / "test_result-1.csv", rows)
    print(
        f"Receiving {rows:,} test results, {path.stat().st_size / 1e6:.0f} MB, {len(COLUMNS)}"
        f" columns, {len(record('test_result').rules)} rules and a key:",
        flush=True,
    )
    ways = {OURS: _ours, COPY: _copy, PANDAS: _pandas}
    with ground.server(folder) as made:
        # Before anything is timed: the first use of a library pays for loading it.
        _warm(made, folder)
        found: dict[str, list[Took]] = {name: [] for name in ways}
        for _ in range(rounds):
            # In turns and not one way after the other: what else the machine does then hits all of
            # them.
            for name, way in ways.items():
                found[name].append(_on_fresh(made, folder, path, way))
    ours, copy, pandas = (told(name, found[name]) for name in ways)
    _ratios("receive / COPY", ours, copy, "at most 4", held=ours.wall <= 4 * copy.wall)
    _ratios("pandas / receive", pandas, ours, "at least 2", held=pandas.wall >= 2 * ours.wall)


def _ratios(what: str, one: Took, other: Took, wanted: str, *, held: bool) -> None:
    ratio(f"{what}, wall", one.wall / other.wall, wanted, held=held)
    print(f"  {what}, CPU: {one.cpu / other.cpu:.2f}", flush=True)


def _on_fresh(made: Cluster, folder: Path, path: Path, way: Way) -> Took:
    """What a way took in a database of its own, which it did not make."""
    with ground.database(made, folder) as settings:
        return timed(lambda: way(settings, path), lambda: ground.cpu_seconds(made))


def _warm(made: Cluster, folder: Path) -> None:
    """Load the libraries and let every way run once on a small file."""
    small = write_results(folder / "test_result-small.csv", 100)
    with ground.database(made, folder) as settings:
        _ours(settings, small)
        _pandas(settings, small)


def _ours(settings: Settings, path: Path) -> None:
    got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="LAB-01")
    assert got.counts["accepted"] == got.counts["rows"] > 0, got


def _typed(connection: sa.Connection) -> None:
    """The record's typed table with its key and nothing of ours."""
    own = accepted(record("test_result"))
    connection.exec_driver_sql(
        # The same types and checks as ours, so that COPY is not ahead by doing less.
        "CREATE TABLE plain (LIKE accepted.test_result INCLUDING CONSTRAINTS)"
    )
    # Without our own columns: nobody who copies has a hash of each row.
    for name in SYSTEM:
        connection.exec_driver_sql(f"ALTER TABLE plain DROP COLUMN {name}")
    connection.exec_driver_sql(
        f"ALTER TABLE plain ADD PRIMARY KEY ({', '.join(record('test_result').key)})"
    )
    assert own.name == "test_result"


def _copy(settings: Settings, path: Path) -> None:
    with engine("lots_owner", settings).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA bench")
        connection.exec_driver_sql("SET search_path = bench")
        _typed(connection)
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        statement = f"COPY plain ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, HEADER)"
        with cursor.copy(statement) as into, path.open("rb") as data:
            while piece := data.read(1 << 20):
                into.write(piece)


def _pandas(settings: Settings, path: Path) -> None:
    """The plain way with the same rules: read, validate whole, write."""
    import great_expectations as gx
    import pandas as pd

    from validations.breaches import expectation
    from validations.chunk import Chunk, judged_columns

    own = record("test_result")
    raw = pd.read_csv(io.BytesIO(path.read_bytes()), dtype="str")
    # A dozen are enough to show the way; all of them would only favour us.
    rules = [r for r in own.rules if set(_columns(r)) <= set(COLUMNS)][:12]
    chunk = Chunk(own, raw, datetime.now(UTC))
    frame = pd.DataFrame({n: s for rule in rules for n, s in judged_columns(chunk, rule).items()})
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    batch = (
        context.data_sources.add_pandas("bench")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    batch.validate(
        gx.ExpectationSuite("bench", expectations=[expectation(own, r) for r in rules]),
        result_format="COMPLETE",
    )
    with engine("lots_owner", settings).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA bench")
        raw.to_sql("plain", connection, schema="bench", index=False, chunksize=50_000)


def _columns(rule: object) -> tuple[str, ...]:
    from lots.grammar.column import Rule
    from lots.grammar.schema import columns_of

    assert isinstance(rule, Rule)
    return columns_of(rule.constraint)
