"""The plain way with the same rules, as whoever knows pandas would write it: read, validate whole,
write by COPY into the typed table with its key.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.files import COLUMNS
from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.schema.record_tables import SYSTEM

RECORD = "test_result"


def typed(connection: sa.Connection) -> None:
    """The record's typed table with its key and nothing of ours."""
    connection.exec_driver_sql("CREATE SCHEMA bench")
    connection.exec_driver_sql("SET search_path = bench")
    connection.exec_driver_sql(
        # The same types and checks as ours, so that nobody is ahead by doing less.
        "CREATE TABLE plain (LIKE accepted.test_result INCLUDING CONSTRAINTS)"
    )
    # Without our own columns: nobody who copies has a hash of each row.
    for name in SYSTEM:
        connection.exec_driver_sql(f"ALTER TABLE plain DROP COLUMN {name}")
    connection.exec_driver_sql(
        f"ALTER TABLE plain ADD PRIMARY KEY ({', '.join(record(RECORD).key)})"
    )


def with_pandas(settings: Settings, path: Path) -> None:
    """All rules on all rows by Great Expectations, then all rows into the table."""
    import pandas as pd

    raw = pd.read_csv(io.BytesIO(path.read_bytes()), dtype="str")
    _validated(raw)
    with engine("lots_owner", settings).begin() as connection:
        typed(connection)
        raw.to_sql(
            "plain",
            connection,
            schema="bench",
            index=False,
            if_exists="append",
            chunksize=50_000,
            method=_copied,
        )


def _validated(raw: Any) -> None:
    import great_expectations as gx
    import pandas as pd

    from lots.grammar.schema import columns_of
    from validations.breaches import expectation
    from validations.chunk import Chunk, judged_columns

    own = record(RECORD)
    rules = [r for r in own.rules if set(columns_of(r.constraint)) <= set(COLUMNS)]
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


def _copied(
    table: Any, connection: Any, keys: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """How pandas is told to write: by COPY, as its own documentation shows."""
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table.schema}.{table.name} ({', '.join(keys)}) FROM STDIN") as into:
        for row in rows:
            into.write_row(row)
