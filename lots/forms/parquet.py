"""Parquet: columns to texts, batch by batch; a row's line number is its position."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv as pacsv

from lots.errors import FileRefused
from lots.forms.batch import Batch, Layout, row_of, text_of
from lots.forms.convert import Conversion, conversions
from lots.forms.profile import Profile

MAGIC = b"PAR1"
ROWS_A_BATCH = 100_000


def opened(stream: BinaryIO) -> pq.ParquetFile:
    """The file behind a stream that can seek; raises FileRefused."""
    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowInvalid, OSError) as error:
        raise FileRefused(f"The Parquet file is damaged or cut off: {str(error).splitlines()[0]}; "
                          "send it again whole.") from error


def read(stream: BinaryIO, layout: Layout, profile: Profile) -> Iterator[Batch]:
    """Batches of an open file."""
    convert = conversions(profile, layout.record, layout.targets)
    plain = not layout.extras and not any(convert)
    number = 0
    try:
        for batch in opened(stream).iter_batches(batch_size=ROWS_A_BATCH, columns=list(layout.names)):
            table = pa.table({name: texts(batch.column(name)) for name in layout.names})
            text = _plain(table, number) if plain else _converted(table, number, layout, convert)
            yield Batch(text, table.num_rows, table.num_rows)
            number += table.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        raise FileRefused(f"The Parquet file is damaged after row {number:,}: {str(error).splitlines()[0]}; "
                          "send it again whole.") from error


def texts(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """The column as texts in the template's forms, null where empty. Raises FileRefused for nested columns."""
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise FileRefused(f"The Parquet file has a column of type {kind}; expected texts, numbers, days or instants.")
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    if pa.types.is_timestamp(kind):
        column = _instants(column)
    if pa.types.is_floating(column.type):
        column = pa.array([None if v is None else repr(v) for v in column.to_pylist()], pa.string())
    text: pa.Array[Any] = column.cast(pa.string())
    found: pa.Array[Any] = pc.if_else(pc.equal(text, pa.scalar("")), pa.scalar(None, pa.string()), text)
    return found


def _instants(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """Instants in UTC with a Z; a timestamp without a zone stays without, and is then not readable."""
    micro: Any = column.cast(pa.timestamp("us", "UTC" if column.type.tz else None))
    found: pa.Array[Any] = pc.strftime(micro, "%Y-%m-%dT%H:%M:%SZ" if column.type.tz else "%Y-%m-%dT%H:%M:%S")
    return found


def _plain(table: pa.Table, number: int) -> bytes:
    lines = pa.array(range(number + 1, number + table.num_rows + 1), pa.int64())
    out = io.BytesIO()
    pacsv.write_csv(table.add_column(0, "line", lines), out, pacsv.WriteOptions(include_header=False))
    return out.getvalue()


def _converted(table: pa.Table, number: int, layout: Layout, convert: tuple[Conversion | None, ...]) -> bytes:
    columns = [[v or "" for v in table.column(name).to_pylist()] for name in layout.names]
    rows = ([c(v) if c else v for c, v in zip(convert, row, strict=True)] for row in zip(*columns, strict=True))
    return text_of((n, row_of(layout, row)) for n, row in enumerate(rows, number + 1))
