"""Blank lines of a kept file: as many bytes as they had, so that every other line stays where it
is; of Parquet the values of rows.
"""

import gzip
import io
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lots.errors import FileRefused
from lots.formats import parquet, surroundings
from lots.formats.delimited_blocks import QUOTED_LINES_MOST
from lots.formats.source import GZIP, unpacked

ENDS = b"\r\n"


def lines_with(stream: BinaryIO, size: int, told: "re.Pattern[bytes]") -> set[int]:
    """The numbers of the lines, or of the rows of Parquet, in which a pattern is found. Raises
    FileRefused where the bytes are no text that can be searched.
    """
    if _is_parquet(stream):
        table = pq.read_table(stream)
        return {n for n, row in enumerate(_texts(table), 1) if told.search(row)}
    body = unpacked(stream, size)
    head = body.peek(8)[:8] if isinstance(body, io.BufferedReader) else body.read(8)
    if not isinstance(body, io.BufferedReader):
        body.seek(0)
    surroundings.check_container(head)
    if head.startswith((*surroundings.UTF_16, parquet.MAGIC)):
        raise FileRefused("Its bytes cannot be searched for a text.")
    return {n for n, line in enumerate(body, 1) if told.search(line)}


def blank(
    stream: BinaryIO, size: int, lines: Collection[int], fill: bytes, *, quoted: bool
) -> Callable[[BinaryIO], None]:
    """What writes the file with these lines, or rows, blanked. fill: what stands in their place,
    over and over; quoted: whether a quote may join lines to a row.
    """

    def write(target: BinaryIO) -> None:
        if _is_parquet(stream):
            pq.write_table(_emptied(pq.read_table(stream), lines), target)
            return
        packed = stream.read(2) == GZIP
        stream.seek(0)
        told = _blanked(unpacked(stream, size), lines, fill, quoted)
        if packed:
            # Without a time or a name in its head: the same bytes whenever it is written.
            with gzip.GzipFile("", "wb", fileobj=target, mtime=0) as into:
                into.writelines(told)
        else:
            target.writelines(told)

    return write


def _blanked(
    source: BinaryIO, lines: Collection[int], fill: bytes, quoted: bool
) -> Iterator[bytes]:
    open_quotes = left = 0
    for number, line in enumerate(source, 1):
        begins = number in lines
        if not begins and not left:
            yield line
            continue
        # A quote that is open joins the next line to the row.
        open_quotes = line.count(b'"') + (0 if begins else open_quotes)
        left = (QUOTED_LINES_MOST if begins else left) - 1 if quoted and open_quotes % 2 else 0
        body = line.rstrip(ENDS)
        yield (fill * (len(body) // len(fill) + 1))[: len(body)] + line[len(body) :]


def _is_parquet(stream: BinaryIO) -> bool:
    head = stream.read(4)
    stream.seek(0)
    return head == parquet.MAGIC


def _texts(table: "pa.Table") -> Iterator[bytes]:
    for row in table.to_pylist():
        yield "\n".join(str(value) for value in row.values() if value is not None).encode()


def _emptied(table: "pa.Table", lines: Collection[int]) -> "pa.Table":
    """A table with all values of some rows taken away."""
    gone = pa.array([n in lines for n in range(1, table.num_rows + 1)])
    columns: list[Any] = []
    for column in table.columns:
        plain = (
            column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        )
        columns.append(pc.if_else(gone, pa.scalar(None, plain.type), plain))
    made = pa.Table.from_arrays(columns, names=table.column_names)
    return made.replace_schema_metadata(table.schema.metadata)
