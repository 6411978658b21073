"""Receiving test results, from bytes to accepted rows, beside a plain COPY and beside pandas with the same rules."""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.files import COLUMNS, write_results
from benchmarks.timing import in_turn, ratio, table
from lots.pipeline.receive import receive
from lots.records import record
from lots.settings import Settings
from lots.store.cluster import Cluster
from lots.store.engine import engine
from lots.store.tables import SYSTEM, accepted

OURS, COPY, PANDAS = "receive", "COPY into the typed table with its key", "pandas.read_csv + GX COMPLETE + to_sql"


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the three medians and the two ratios."""
    path = write_results(folder / "test_result-1.csv", rows)
    print(f"Receiving {rows:,} test results, {path.stat().st_size / 1e6:.0f} MB, {len(COLUMNS)} columns, "
          f"{len(record('test_result').rules)} rules and a key:", flush=True)
    with ground.server(folder) as made:
        _warm(made, folder)
        ways = {OURS: _ours, COPY: _copy, PANDAS: _pandas}
        found = in_turn({name: _on_fresh(made, folder, path, way) for name, way in ways.items()}, rounds)
    net = {name: [s - _setup[name] / rounds for s in seconds] for name, seconds in found.items()}
    medians = table(net)
    ours = medians[OURS]
    ratio("receive / COPY", ours / medians[COPY], "at most 4", held=ours <= 4 * medians[COPY])
    ratio("pandas / receive", medians[PANDAS] / ours, "at least 2", held=medians[PANDAS] >= 2 * ours)


_setup: dict[str, float] = {OURS: 0.0, COPY: 0.0, PANDAS: 0.0}  # seconds that making databases took, not counted


def _on_fresh(made: Cluster, folder: Path, path: Path, way: Callable[[Settings, Path], None]) -> Callable[[], None]:
    name = next(n for n, w in {OURS: _ours, COPY: _copy, PANDAS: _pandas}.items() if w is way)

    def timed() -> None:
        start = time.perf_counter()
        with ground.database(made, folder) as settings:
            begun = time.perf_counter()
            way(settings, path)
            ended = time.perf_counter()
        _setup[name] += time.perf_counter() - start - (ended - begun)

    return timed


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
    connection.exec_driver_sql("CREATE TABLE plain (LIKE accepted.test_result INCLUDING CONSTRAINTS)")
    for name in SYSTEM:
        connection.exec_driver_sql(f"ALTER TABLE plain DROP COLUMN {name}")
    connection.exec_driver_sql(f"ALTER TABLE plain ADD PRIMARY KEY ({', '.join(record('test_result').key)})")
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

    from validations.readings import Chunk, expectation, prepared

    own = record("test_result")
    raw = pd.read_csv(io.BytesIO(path.read_bytes()), dtype="str")
    rules = [r for r in own.rules if set(_columns(r)) <= set(COLUMNS)][:12]
    chunk = Chunk(own, raw, datetime.now(UTC))
    frame = pd.DataFrame({n: s for rule in rules for n, s in prepared(chunk, rule).items()})
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    batch = context.data_sources.add_pandas("bench").add_dataframe_asset("rows").add_batch_definition_whole_dataframe(
        "all").get_batch(batch_parameters={"dataframe": frame})
    batch.validate(gx.ExpectationSuite("bench", expectations=[expectation(own, r) for r in rules]),
                   result_format="COMPLETE")
    with engine("lots_owner", settings).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA bench")
        raw.to_sql("plain", connection, schema="bench", index=False, chunksize=50_000)


def _columns(rule: object) -> tuple[str, ...]:
    from lots.schema import Rule, columns_of

    assert isinstance(rule, Rule)
    return columns_of(rule.constraint)
