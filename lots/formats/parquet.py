"""Parquet: columns to texts, batch by batch; a row's line number is its position."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv as pacsv

from lots.errors import FileRefused
from lots.formats import elapsed, footers, pages
from lots.formats.arrow import check_type, has_type, texts
from lots.formats.batch import RAW_KEPT, Batch, Broken, Layout, text_of
from lots.formats.convert import Turning, conversions
from lots.formats.kept import Typed
from lots.formats.limits import unpacked_most
from lots.formats.profile import Profile

MAGIC = footers.MAGIC
# Neither a footer's texts nor a column's need be UTF-8, nor its numbers be places in the file.
DAMAGED = (pa.ArrowInvalid, UnicodeDecodeError, OSError)
# Two of these that are no whole verdict are judged as one of nearly twice its rows; and several
# threads lay out columns of which nobody asked yet.
ROWS_A_BATCH = 5_000
READ_AT_ONCE = 1 << 16  # bytes of a column: else all of a row group's are, however large
NUL = "\0"
# Of these no header tells how long the texts of a page become.
UNTOLD = ("DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY")
OPERATOR, BEYOND = "^ *[<>=]|[^ -~]", "[^ -~]"


def open_parquet(stream: BinaryIO, texts_of: Sequence[str] = ()) -> pq.ParquetFile:
    """The file behind a stream that can seek; raises FileRefused. texts_of: columns whose texts are
    each held once.
    """
    try:
        # Each text once: a column of one long text a million times is small until it is laid out.
        return pq.ParquetFile(stream, read_dictionary=list(texts_of), buffer_size=READ_AT_ONCE)
    except DAMAGED as error:
        raise FileRefused(
            f"The Parquet file is damaged or cut off: {str(error).splitlines()[0]}; "
            "send it again whole."
        ) from error


def read(stream: BinaryIO, layout: Layout, profile: Profile) -> Iterator[Batch]:
    """Batches of an open file."""
    convert = conversions(profile, layout.record, layout.targets)
    turning = Turning(layout, convert)
    as_it_is = not layout.extras and not any(convert)
    number, bound = 0, _Bound(stream)
    try:
        footers.check(stream)
        # Twice opened: a type must be refused before Arrow is asked to hold it as a dictionary.
        _check_columns(open_parquet(stream), layout.names)
        file = open_parquet(stream, layout.names)
        bound.check(pages.unpacked(stream, file, set(layout.names)))
        for batch in file.iter_batches(ROWS_A_BATCH, columns=[*layout.names], use_threads=False):
            batch.validate(full=True)  # a text may be no UTF-8
            bound.add(batch)  # before its texts are laid out, where a bomb would go off
            columns = [_laid_out(batch.column(name)) for name in layout.names]
            found = [
                texts(c, layout.record.column(t) if t else None)
                for c, t in zip(columns, layout.targets, strict=True)
            ]
            broken = tuple(_broken(found, number))
            plain = as_it_is and not broken and not _measured(layout, found)
            text = _plain(found, number) if plain else _turned(columns, found, number, turning)
            yield Batch(
                text,
                batch.num_rows - len(broken),
                batch.num_rows,
                broken,
                lacks=layout.turned_only if plain else (),
            )
            number += batch.num_rows
        # A footer that tells of fewer rows than there are, or of more, loses them without a word.
        _check_rows(file, number)
    except DAMAGED as error:
        raise FileRefused(
            f"The Parquet file is damaged after row {number:,}: {str(error).splitlines()[0]}; "
            "send it again whole."
        ) from error
    if told := turning.notices():
        yield Batch(b"", 0, 0, notices=told)


def _check_columns(file: pq.ParquetFile, names: Sequence[str]) -> None:
    """Raise FileRefused for a column that has no texts, or is packed so that nobody can tell its
    size beforehand.
    """
    for name in names:
        check_type(file.schema_arrow.field(name).type)
    metadata = file.metadata
    for group in (metadata.row_group(n) for n in range(metadata.num_row_groups)):
        for chunk in (group.column(at) for at in range(group.num_columns)):
            if told := [encoding for encoding in chunk.encodings if encoding in UNTOLD]:
                raise FileRefused(
                    f"The Parquet file has texts encoded as {told[0]}, which are not read here;"
                    " expected PLAIN or a dictionary, as version 1.0 of the format has them."
                )


def _broken(found: "list[pa.Array[Any]]", number: int) -> Iterator[Broken]:
    """The rows with a NUL character, which is no text: their bytes are their texts, one a line."""
    with_it: list[Any] = [
        pc.fill_null(pc.match_substring(text, NUL), pa.scalar(False)) for text in found
    ]
    if not any(pc.any(one).as_py() for one in with_it):
        return
    for n, row in enumerate(zip(*(one.to_pylist() for one in with_it), strict=True)):
        if any(row):
            raw = "\n".join(text[n].as_py() or "" for text in found).encode()
            yield Broken(
                number + n + 1, 1, 0, len(raw), raw[:RAW_KEPT], "The row has a NUL character."
            )


def _measured(layout: Layout, found: "list[pa.Array[Any]]") -> bool:
    """Whether a value may have an operator before it, a unit letters beyond ASCII, or whole seconds
    a fraction.
    """
    own = layout.record.measured
    patterns = {elapsed.COLUMN: "[.]"} | (
        {own.value: OPERATOR, own.operator: BEYOND, own.unit: BEYOND} if own else {}
    )
    return any(
        bool(pc.any(pc.match_substring_regex(text, patterns[target])).as_py())
        for target, text in zip(layout.targets, found, strict=True)
        if target in patterns
    )


class _Bound:
    """How many bytes a file unpacks to: told by itself, then counted before its texts are laid out
    one by one.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._most = unpacked_most(stream.seek(0, io.SEEK_END))
        stream.seek(0)
        self._bytes = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Count a batch. Raises FileRefused."""
        self._bytes += batch.num_rows * (1 + batch.num_columns) + sum(map(_length, batch.columns))
        self.check(self._bytes)

    def check(self, unpacked: int) -> None:
        """Raise FileRefused for more than is read of a file of its size."""
        if unpacked > self._most:
            raise FileRefused(
                f"The Parquet file unpacks to more than {self._most:,} bytes, the most that is read"
                " of one of its size; expected records."
            )


def _length(column: "pa.Array[Any]") -> int:
    """The bytes of a column's texts, each as often as it stands there."""
    if not pa.types.is_dictionary(column.type) or not pa.types.is_string(column.type.value_type):
        return 0
    lengths: Any = pc.binary_length(column.dictionary)  # type: ignore[attr-defined]
    each: Any = pc.take(lengths, column.indices)  # type: ignore[attr-defined]
    return int(pc.sum(pc.cast(each, pa.int64())).as_py() or 0)


def _laid_out(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """A column whose texts were held once each, with each where it stands."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column  # type: ignore[attr-defined]


def _plain(found: "list[pa.Array[Any]]", number: int) -> bytes:
    lines = pa.array(range(number + 1, number + len(found[0]) + 1), pa.int64())
    table = pa.table([lines, *found], names=[str(n) for n in range(len(found) + 1)])
    out = io.BytesIO()
    pacsv.write_csv(table, out, pacsv.WriteOptions(include_header=False))
    return out.getvalue()


def _turned(
    columns: "list[pa.Array[Any]]", found: "list[pa.Array[Any]]", number: int, turning: Turning
) -> bytes:
    rows = zip(
        *(_values(column, text) for column, text in zip(columns, found, strict=True)), strict=True
    )
    return text_of(
        (n, turning.row(row))
        for n, row in enumerate(rows, number + 1)
        if not any(NUL in value for value in row)
    )


def _values(column: "pa.Array[Any]", text: "pa.Array[Any]") -> list[str]:
    values = [value or "" for value in text.to_pylist()]
    return [Typed(value) for value in values] if has_type(column.type) else values


def _check_rows(file: pq.ParquetFile, found: int) -> None:
    if found != file.metadata.num_rows:
        raise FileRefused(
            f"The Parquet file says that it has {file.metadata.num_rows:,} rows, but has"
            f" {found:,}; expected as many: it is damaged, send it again whole."
        )
