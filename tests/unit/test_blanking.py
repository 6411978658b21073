"""Lines are blanked where they stand; every other line keeps its bytes and its place."""

import gzip
import io
import re
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.errors import FileRefused
from lots.formats.blanking import blank, lines_with

TOLD = re.compile(b"P1")
CSV = b'key,donor\nD1,P1\nD2,"P1\nof ""her"""\r\nD3,P2\nD4,P1'


def blanked(data: bytes, lines: set[int], *, quoted: bool = True) -> bytes:
    """The file without these lines."""
    out = io.BytesIO()
    blank(io.BytesIO(data), len(data), lines, b"#7 ", quoted=quoted)(out)
    return out.getvalue()


def test_a_line_is_blanked_in_its_place() -> None:
    assert blanked(CSV, {2}) == CSV.replace(b"D1,P1", b"#7 #7")
    assert blanked(CSV, {6}) == CSV.replace(b"D4,P1", b"#7 #7")
    assert blanked(CSV, set()) == CSV


def test_a_quote_takes_the_lines_with_it_that_it_joins() -> None:
    got = blanked(CSV, {3})
    whole = b'D2,"P1\nof ""her"""\r\n'
    assert got == CSV.replace(whole, b"#7 #7 \n#7 #7 #7 #7\r\n")
    assert len(got) == len(CSV)


def test_in_json_a_quote_joins_nothing() -> None:
    data = b'{"a": "P1 5\\""}\n{"a": 1}\n'
    assert blanked(data, {1}, quoted=False).endswith(b'\n{"a": 1}\n')


def test_what_is_packed_is_packed_again_and_always_the_same() -> None:
    packed = gzip.compress(CSV)
    got = blanked(packed, {2})
    assert gzip.decompress(got) == blanked(CSV, {2})
    assert got == blanked(packed, {2})


def test_of_parquet_the_values_of_a_row_go() -> None:
    out = io.BytesIO()
    fields: list[pa.Field[Any]] = [
        pa.field("key", pa.string(), nullable=False),
        pa.field("n", pa.int32()),
    ]
    pq.write_table(pa.table({"key": ["D1", "D2"], "n": [1, 2]}, schema=pa.schema(fields)), out)
    got = pq.read_table(io.BytesIO(blanked(out.getvalue(), {1})))
    assert got.to_pylist() == [{"key": None, "n": None}, {"key": "D2", "n": 2}]


def test_lines_are_found_in_every_form() -> None:
    assert lines_with(io.BytesIO(CSV), len(CSV), TOLD) == {2, 3, 6}
    packed = gzip.compress(CSV)
    assert lines_with(io.BytesIO(packed), len(packed), TOLD) == {2, 3, 6}
    out = io.BytesIO()
    pq.write_table(pa.table({"key": ["D1", "P1"]}), out)
    assert lines_with(io.BytesIO(out.getvalue()), len(out.getvalue()), TOLD) == {2}


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04P1", "P1\n".encode("utf-16"), gzip.compress(b"PAR1P1", mtime=0)]
)
def test_what_is_no_text_is_not_taken_for_searched(data: bytes) -> None:
    with pytest.raises(FileRefused):
        lines_with(io.BytesIO(data), len(data), TOLD)
