"""What a Parquet file's pages say counts, and not what its footer says of them: nothing unpacks,
and no row is lost.
"""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.errors import FileRefused
from lots.formats import pages
from lots.formats.profile import Profile
from tests.builders import DONATION
from tests.unit.test_typed_files import rows_of

NAME = "donation-1.parquet"
WAYS: dict[str, dict[str, Any]] = {
    "usual": {},
    "zstd": {"compression": "zstd"},
    "no dictionary": {"use_dictionary": False, "compression": "none"},
    "pages of version 2": {"data_page_version": "2.0", "compression": "gzip"},
    "many pages": {"data_page_size": 64, "write_batch_size": 10, "use_dictionary": False},
    "several groups": {"row_group_size": 7},
    "checksums": {"write_page_checksum": True},
    "an index of pages": {"write_page_index": True},
    "long statistics": {"use_dictionary": False, "version": "1.0"},
}


def parquet(rows: int, way: dict[str, Any], **more: Any) -> bytes:
    """A file of donations."""
    out = io.BytesIO()
    columns = {name: [value] * rows for name, value in {**DONATION, **more}.items()}
    pq.write_table(
        pa.table(columns | {"donation_number": [f"D{n}" for n in range(rows)]}), out, **way
    )
    return out.getvalue()


def varint(number: int) -> bytes:
    """A whole number as a footer has it."""
    left, found = number * 2, []
    while left > 127:
        found.append(left & 127 | 128)
        left >>= 7
    return bytes([*found, left])


def with_footer(data: bytes, said: int, lie: int) -> bytes:
    """A file whose footer tells another number wherever it tells this one."""
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    assert len(varint(said)) == len(varint(lie))
    assert varint(said) in data[start:]
    return data[:start] + data[start:].replace(varint(said), varint(lie))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("rows", [0, 1, 100])
def test_a_true_file_is_read_whole(rows: int, way: dict[str, Any]) -> None:
    data = parquet(rows, way, correction_reason="x" * 4_000)
    file = pq.ParquetFile(io.BytesIO(data))
    said = sum(
        file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups)
    )
    assert len(rows_of(data, NAME, Profile())) == rows
    told = pages.unpacked(io.BytesIO(data), file, set(file.schema_arrow.names))
    assert told <= said
    assert told > 0 or not rows


@pytest.mark.parametrize(
    "way", [WAYS[name] for name in ("usual", "zstd", "pages of version 2", "many pages")]
)
@pytest.mark.parametrize("lie", [99, 101])
def test_a_footer_that_tells_of_other_rows_loses_none(lie: int, way: dict[str, Any]) -> None:
    with pytest.raises(FileRefused, match=r"The Parquet file (says that|has no page|is damaged)"):
        rows_of(with_footer(parquet(100, way), 100, lie), NAME, Profile())


def test_a_footer_that_tells_of_a_smaller_size_is_not_believed() -> None:
    data = parquet(
        1,
        {"compression": "zstd", "use_dictionary": False, "write_statistics": False},
        correction_reason="x" * 100_000_000,
    )
    group = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(0)
    sizes = {
        group.total_byte_size,
        *(group.column(n).total_uncompressed_size for n in range(group.num_columns)),
    }
    for size in (size for size in sizes if size > 10**8):
        data = with_footer(data, size, 8_400_000)
    file = pq.ParquetFile(io.BytesIO(data))
    assert file.metadata.row_group(0).total_byte_size < 10**7
    assert pages.unpacked(io.BytesIO(data), file, set(file.schema_arrow.names)) > 10**8
    with pytest.raises(FileRefused, match="unpacks to more than 67,108,864 bytes"):
        rows_of(data, NAME, Profile())


@pytest.mark.parametrize("value", [b"x", ["x"], [["x"]], {"a": "x"}])
def test_a_column_that_has_no_texts_is_refused_before_it_is_read(value: object) -> None:
    with pytest.raises(FileRefused, match="expected texts, numbers, days or instants"):
        rows_of(parquet(3, {}, correction_reason=value), NAME, Profile())


def test_bytes_that_are_no_texts_are_refused_before_they_are_laid_out() -> None:
    out = io.BytesIO()
    count = 10_000
    one = pa.DictionaryArray.from_arrays(
        pa.array([0] * count, pa.int32()), pa.array([b"x" * 20_000_000])
    )
    usual = {name: [value] * count for name, value in DONATION.items()}
    pq.write_table(pa.table({**usual, "correction_reason": one}), out)
    with pytest.raises(
        FileRefused, match=r"a column of type dictionary<values=binary|a column of type binary"
    ):
        rows_of(out.getvalue(), NAME, Profile())


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_texts_whose_length_nobody_can_tell_are_refused_with_what_to_do(encoding: str) -> None:
    way = {"use_dictionary": False, "column_encoding": {"donor_key": encoding}}
    with pytest.raises(
        FileRefused, match=rf"texts encoded as {encoding}, .* expected PLAIN or a dictionary"
    ):
        rows_of(parquet(3, way), NAME, Profile())


def test_a_page_whose_header_or_text_is_broken_is_no_traceback() -> None:
    whole = parquet(10, {"compression": "none"})
    refused = 0
    for at in range(4, 60):
        for byte in (0, 0x7F, 0xFF):
            try:
                rows_of(whole[:at] + bytes([byte]) + whole[at + 1 :], NAME, Profile())
            except FileRefused as error:
                refused += "The Parquet file" in str(error)
    assert refused > 60


def test_a_header_that_tells_of_more_numbers_than_it_has_bytes_is_refused_at_once() -> None:
    numbers, count = 0x97, b"\xff" * 9 + b"\x01"  # a list of doubles, 2**64 of them
    header = bytes([0x19, numbers & 0x0F | 0xF0]) + count
    with pytest.raises(FileRefused, match="The Parquet file has no page at byte 0"):
        pages._header(io.BytesIO(header), 0)


def in_footer(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file of whose footer one place is another."""
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    assert old in data[start:]
    return data[:start] + data[start:].replace(old, new, 1)


def test_a_footer_at_which_arrow_would_end_our_process_is_refused() -> None:
    histogram = in_footer(parquet(3, {}), b"\x19\x06", b"\x19\x4d")
    with pytest.raises(FileRefused, match="what its footer says of its columns cannot be read"):
        rows_of(histogram, NAME, Profile())


@pytest.mark.parametrize("name", [b"scheme", b"donor_key"])
def test_a_column_whose_name_is_no_text_refuses_the_file(name: bytes) -> None:
    data = parquet(3, {"store_schema": False})
    for _ in range(data.count(name)):
        data = data.replace(name, b"\xff" * len(name), 1)
    with pytest.raises(FileRefused, match="The Parquet file is damaged"):
        rows_of(data, NAME, Profile())


def test_a_page_before_the_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="has no page at byte -20"):
        pages._header(io.BytesIO(b"PAR1"), -20)
