"""Files that have types: what a number, a day, an instant or a truth value becomes, in the forms
and in the walk.
"""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.errors import FileRefused
from lots.formats import jsonlines
from lots.formats.kept import UNREAD
from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.pipeline.concurrent_reading import table_of
from lots.records import records
from tests.walk.reading import read as walked
from tests.walk.values import values as walked_values

USUAL: Mapping[str, Mapping[str, Any]] = {
    "pool": {"plant": "P1", "pool_number": "1", "pooled_at": "2026-01-05T10:00:00Z"},
    "administration_vial": {"site": "S1", "administration": "A1", "item": 1, "vials": 1},
    "deferral": {
        "centre": "C1",
        "deferral": "F1",
        "donor_key": "K",
        "cause": "history",
        "deferred_from": "2026-01-05",
    },
    "dryer_recipe": {
        "plant": "P1",
        "recipe": "R",
        "valid_from": "2026-01-01",
        "citation": "x",
        "prepared_by": "A",
        "approved_by": "B",
        "interval_s": 60,
        "pirani": "yes",
        "probes": 2,
    },
}
PLAIN = Profile()
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 1, 5, 12, 30)  # noqa: DTZ001  # a timestamp without a zone
MIDNIGHT = datetime(2026, 1, 5)  # noqa: DTZ001


def rows_of(data: bytes, name: str, profile: Profile) -> list[dict[str, str]]:
    """A file's rows by column, as they are staged."""
    found = open_batch(io.BytesIO(data), len(data), name, records(), profile)
    columns, rows = staged_columns(found), []
    for batch in batches(found, profile, name):
        names = ("line", *batch.named(columns))
        rows += [
            dict(zip(names, row, strict=True))
            for row in csv.reader(io.StringIO(batch.numbered().decode()))
        ]
    return rows


def parquet(record: str, column: str, array: "pa.Array[Any]") -> bytes:
    """A Parquet file of one row, or as many as the array has."""
    out = io.BytesIO()
    usual = {
        name: pa.array([value] * len(array))
        for name, value in USUAL[record].items()
        if name != column
    }
    pq.write_table(pa.table({**usual, column: array}), out)
    return out.getvalue()


def both(
    record: str, column: str, data: bytes, folder: Path, suffix: str, profile: Profile = PLAIN
) -> list[str]:
    """What the forms stage of a column; the walk must read the same values."""
    name = f"{record}-1.{suffix}"
    rows = rows_of(data, name, profile)
    (folder / name).write_bytes(data)
    said = {
        "decimal_comma": profile.decimal_comma,
        "grouping": profile.grouping,
        "units": dict(profile.units),
    }
    _, walk = walked(folder / name, said)
    ours = [walked_values(record, row)[column] for row in rows]
    assert ours == [row and walked_values(record, row)[column] for _, row in walk]
    return [row[column] for row in rows]


@pytest.mark.parametrize(
    ("record", "column", "array", "read"),
    [
        (
            "pool",
            "volume_l",
            pa.array([1.0, 0.1, 3250.5, 1e-5, 123456789012.5, -0.0, None, 0.1 + 0.2]),
            ["1", "0.1", "3250.5", "0.00001", "123456789012.5", "0", "", "0.30000000000000004"],
        ),
        (
            "pool",
            "volume_l",
            pa.array([0.1, 3250.5, 16777216, 1e-5, 1e10, 0.7], pa.float32()),
            ["0.1", "3250.5", "16777216", "0.00001", "10000000000", "0.7"],
        ),
        ("pool", "volume_l", pa.array([0.1, 0.5, 2048], pa.float16()), ["0.1", "0.5", "2048"]),
        (
            "pool",
            "volume_l",
            pa.array([float("nan"), float("inf"), -float("inf")]),
            ["nan", "inf", "-inf"],
        ),
        (
            "pool",
            "volume_l",
            pa.array([Decimal("690.5"), Decimal("0.0000001"), Decimal(7)], pa.decimal128(20, 10)),
            ["690.5", "0.0000001", "7"],
        ),
        ("pool", "volume_l", pa.array([Decimal(700)], pa.decimal256(40, 0)), ["700"]),
        ("administration_vial", "vials", pa.array([1.0, 12.0, None, 1.5]), ["1", "12", "", "1.5"]),
        ("administration_vial", "vials", pa.array([3.0], pa.float32()), ["3"]),
        (
            "administration_vial",
            "vials",
            pa.array([Decimal("2.00"), None], pa.decimal128(9, 2)),
            ["2", ""],
        ),
        *(
            ("administration_vial", "vials", pa.array([0, 7, 120], kind), ["0", "7", "120"])
            for kind in (
                pa.int8(),
                pa.int16(),
                pa.int32(),
                pa.int64(),
                pa.uint8(),
                pa.uint16(),
                pa.uint32(),
                pa.uint64(),
            )
        ),
        ("administration_vial", "vials", pa.array(["1.0", "2"]), ["1.0", "2"]),
        ("administration_vial", "vials", pa.array(["7", "2"], pa.large_string()), ["7", "2"]),
        (
            "administration_vial",
            "vials",
            pa.array(["7", "2", "7"]).dictionary_encode(),
            ["7", "2", "7"],
        ),
        (
            "administration_vial",
            "vials",
            pa.array([1.0, 2.0, 1.0]).dictionary_encode(),
            ["1", "2", "1"],
        ),
        ("administration_vial", "vials", pa.array([None], pa.null()), [""]),
        ("administration_vial", "vials", pa.array([True]), ["true"]),
        ("administration_vial", "lot_number", pa.array([123.0, 1e17]), ["123", "1e+17"]),
        (
            "administration_vial",
            "lot_number",
            pa.array([12345678901234567], pa.int64()),
            ["12345678901234567"],
        ),
        ("dryer_recipe", "pirani", pa.array([True, False, None]), ["yes", "no", ""]),
        ("pool", "volume_l", pa.array([True]), ["true"]),
        ("deferral", "deferred_until", pa.array([date(2026, 1, 5)], pa.date32()), ["2026-01-05"]),
        ("deferral", "deferred_until", pa.array([date(2026, 1, 5)], pa.date64()), ["2026-01-05"]),
        *(
            (
                "deferral",
                "deferred_until",
                pa.array([MIDNIGHT, NOON], pa.timestamp(unit)),
                ["2026-01-05", "2026-01-05T12:30:00"],
            )
            for unit in ("s", "ms", "us", "ns")
        ),
        (
            "deferral",
            "deferred_until",
            pa.array([datetime(2026, 1, 5, tzinfo=BERLIN)], pa.timestamp("us", "Europe/Berlin")),
            ["2026-01-05"],
        ),
        (
            "deferral",
            "deferred_until",
            pa.array([datetime(2026, 1, 5, tzinfo=BERLIN)], pa.timestamp("us", "UTC")),
            ["2026-01-04T23:00:00+00:00"],
        ),
        (
            "deferral",
            "deferred_until",
            pa.array([MIDNIGHT.replace(tzinfo=UTC)], pa.timestamp("ms", "UTC")),
            ["2026-01-05"],
        ),
        (
            "pool",
            "pooled_at",
            pa.array([MIDNIGHT.replace(tzinfo=UTC)], pa.timestamp("us", "UTC")),
            ["2026-01-05T00:00:00+00:00"],
        ),
        (
            "pool",
            "pooled_at",
            pa.array([NOON.replace(tzinfo=BERLIN)], pa.timestamp("us", "Europe/Berlin")),
            ["2026-01-05T12:30:00+01:00"],
        ),
        (
            "pool",
            "pooled_at",
            pa.array([NOON.replace(tzinfo=UTC)], pa.timestamp("s", "+05:30")),
            ["2026-01-05T18:00:00+05:30"],
        ),
        (
            "pool",
            "pooled_at",
            pa.array([1767600000123456000, 1767600000123456789], pa.timestamp("ns", "UTC")),
            ["2026-01-05T08:00:00.123456+00:00", "2026-01-05T08:00:00.123456789+00:00"],
        ),
        ("pool", "pooled_at", pa.array([NOON], pa.timestamp("us")), ["2026-01-05T12:30:00"]),
        ("pool", "pooled_at", pa.array([date(2026, 1, 5)]), ["2026-01-05"]),
        ("pool", "volume_l", pa.array([timedelta(seconds=5)], pa.duration("s")), ["5 s"]),
        ("pool", "volume_l", pa.array([time(10, 15)], pa.time64("us")), ["10:15:00.000000"]),
    ],
)
def test_a_column_of_parquet(
    record: str, column: str, array: "pa.Array[Any]", read: list[str], tmp_path: Path
) -> None:
    assert both(record, column, parquet(record, column, array), tmp_path, "parquet") == read


@pytest.mark.parametrize(
    "array",
    [
        pa.array([[1]]),
        pa.array([{"a": 1}]),
        pa.array([b"1"]),
        pa.array([b"1"], pa.binary(1)),
        pa.array([b"1"], pa.large_binary()),
    ],
)
def test_a_column_without_texts_refuses_the_file(array: "pa.Array[Any]") -> None:
    with pytest.raises(FileRefused, match="expected texts, numbers, days or instants"):
        rows_of(parquet("pool", "volume_l", array), "pool-1.parquet", Profile())


@pytest.mark.parametrize(
    ("record", "column", "said", "read"),
    [
        ("administration_vial", "vials", "1.0", "1"),
        ("administration_vial", "vials", "12", "12"),
        ("administration_vial", "vials", "1e2", "100"),
        ("administration_vial", "vials", "1.5", "1.5"),
        ("administration_vial", "vials", '"1.0"', "1.0"),
        ("administration_vial", "vials", '"1e2"', "1e2"),
        ("administration_vial", "vials", "null", ""),
        ("administration_vial", "vials", "true", "true"),
        ("pool", "volume_l", "6.50", "6.5"),
        ("pool", "volume_l", "1e-2", "0.01"),
        ("pool", "volume_l", "5E4", "50000"),
        ("pool", "volume_l", "-0.0", "0"),
        ("pool", "volume_l", "NaN", "NaN"),
        ("pool", "volume_l", "Infinity", "Infinity"),
        (
            "pool",
            "volume_l",
            "0.1000000000000000055511151231257827",
            "0.1000000000000000055511151231257827",
        ),
        ("pool", "volume_l", "1e999", f"1{'0' * 999}"),
        (
            "administration_vial",
            "lot_number",
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("administration_vial", "lot_number", "123.0", "123"),
        ("administration_vial", "lot_number", "1.50", "1.50"),
        ("dryer_recipe", "pirani", "true", "yes"),
        ("dryer_recipe", "pirani", "false", "no"),
        ("dryer_recipe", "pirani", '"true"', "true"),
    ],
)
def test_a_value_of_json(record: str, column: str, said: str, read: str, tmp_path: Path) -> None:
    line = json.dumps({**USUAL[record], column: "@"}).replace('"@"', said) + "\n"
    assert both(record, column, line.encode(), tmp_path, "jsonl") == [read]


def test_a_number_of_a_typed_file_has_no_decimal_comma(tmp_path: Path) -> None:
    comma = Profile(decimal_comma=True, units={"volume_l": "mL"})
    lines = b"".join(
        json.dumps({**USUAL["pool"], "volume_l": said}).encode() + b"\n"
        for said in (3250.5, "3250,5", "3.250", 1000)
    )
    assert both("pool", "volume_l", lines, tmp_path, "jsonl", comma) == [
        "3.251",
        "3.251",
        f"{UNREAD}3.250",
        "1",
    ]
    floats = parquet("pool", "volume_l", pa.array([3250.5, 1e5]))
    assert both("pool", "volume_l", floats, tmp_path, "parquet", comma) == ["3.251", "100"]
    texts = parquet("pool", "volume_l", pa.array(["3250,5", "3.250"]))
    assert both("pool", "volume_l", texts, tmp_path, "parquet", comma) == [
        "3.251",
        f"{UNREAD}3.250",
    ]


def test_an_operator_before_a_value_of_a_typed_file() -> None:
    told: dict[str, list[Any]] = {
        "sample": ["1", "2"],
        "marker": ["B19V-NAT"] * 2,
        "run": [1, 1],
        "tested": ["pool"] * 2,
        "tested_id": ["1", "2"],
        "tested_at": ["2026-01-05T10:00:00Z"] * 2,
        "interpretation": ["nonreactive"] * 2,
        "value": ["<20", "20"],
    }
    out = io.BytesIO()
    pq.write_table(pa.table(told), out)
    lines = b"".join(
        json.dumps({n: v[at] for n, v in told.items()}).encode() + b"\n" for at in (0, 1)
    )
    for data, name in ((out.getvalue(), "test_result-1.parquet"), (lines, "test_result-1.jsonl")):
        rows = rows_of(data, name, Profile())
        assert [(row["operator"], row["value"]) for row in rows] == [("<", "20"), ("", "20")]


def test_a_nul_breaks_its_row_of_parquet_and_no_other() -> None:
    data = parquet("pool", "plant", pa.array(["P1", "P\0", "P3"]))
    found = open_batch(io.BytesIO(data), len(data), "pool-1.parquet", records(), Profile())
    *_, batch = batches(found, Profile(), "pool-1.parquet")
    assert (batch.rows, batch.lines) == (2, 3)
    assert [(broken.line, broken.reason) for broken in batch.broken] == [
        (2, "The row has a NUL character.")
    ]
    assert [row["plant"] for row in rows_of(data, "pool-1.parquet", PLAIN)] == ["P1", "P3"]


def test_a_field_that_is_named_twice_breaks_its_line() -> None:
    data = (
        json.dumps(USUAL["pool"]).encode()
        + b'\n{"plant": "P1", "pool_number": "2", "plant": "P2"}\n'
    )
    found = open_batch(io.BytesIO(data), len(data), "pool-1.jsonl", records(), Profile())
    *_, batch = batches(found, Profile(), "pool-1.jsonl")
    assert [(broken.line, broken.reason) for broken in batch.broken] == [
        (2, "The line names one field twice.")
    ]


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000"])
def test_a_field_whose_name_is_no_text_breaks_its_line_and_no_other(name: str) -> None:
    whole = json.dumps(USUAL["pool"])
    data = "\n".join((whole, f'{whole[:-1]}, "{name}": "x"}}', whole, "")).encode()
    found = open_batch(io.BytesIO(data), len(data), "pool-1.jsonl", records(), PLAIN)
    *_, batch = batches(found, PLAIN, "pool-1.jsonl")
    assert batch.rows == 2
    assert [(broken.line, broken.reason) for broken in batch.broken] == [
        (2, "The name of a field has a character that is no text.")
    ]


@pytest.mark.parametrize("value", ["a\rb", "\r", 'a\r"b', "a,b\rc,d", "\r\n", "é\r"])
def test_a_carriage_return_within_a_text_ends_no_row(value: str) -> None:
    row = {**USUAL["pool"], "correction_reason": value}
    data = (json.dumps(row) + "\n").encode() * 2
    found = open_batch(io.BytesIO(data), len(data), "pool-1.jsonl", records(), PLAIN)
    *_, batch = batches(found, PLAIN, "pool-1.jsonl")
    table = table_of(batch, staged_columns(found))
    assert table.column("correction_reason").to_pylist() == [value, value]
    assert table.column("extra").to_pylist() == [None, None]


def test_json_has_no_header_among_its_lines() -> None:
    data = (json.dumps(USUAL["pool"]) + "\n").encode() * 2
    found = open_batch(io.BytesIO(data), len(data), "pool-1.jsonl", records(), PLAIN)
    read = list(batches(found, PLAIN, "pool-1.jsonl"))
    assert (sum(b.lines for b in read), sum(b.other for b in read)) == (2, 0)


def test_rows_keep_their_line_over_the_seams_of_what_is_read_at_once() -> None:
    """Of several batches, with what is no row on the last line of one and the first of the next."""
    count, broken = 12_000, {jsonlines.LINES_A_BATCH, jsonlines.LINES_A_BATCH + 1}
    numbers = [f"P\0{n}" if n in broken else f"P{n}" for n in range(1, count + 1)]
    kept = [(str(n), name) for n, name in enumerate(numbers, 1) if n not in broken]
    lines = [json.dumps({**USUAL["pool"], "pool_number": name}) for name in numbers]
    for data, form in (
        ("\n".join(lines).encode(), "jsonl"),
        (parquet("pool", "pool_number", pa.array(numbers)), "parquet"),
    ):
        found = rows_of(data, f"pool-1.{form}", PLAIN)
        assert [(row["line"], row["pool_number"]) for row in found] == kept, form
