"""What stood in the file is what is shown of it: beside a turned value, where none is readable, and
in a refusal.
"""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.settings import Settings
from tests.builders import DONATION, admit, rows, write
from tests.profiles import put

POOL = {"plant": "P1", "pool_number": "#", "pooled_at": "2026-03-20T08:00:00+01:00"}
VIAL = {"site": "S1", "administration": "A1", "item": "#", "vials": 1}
USUAL: dict[str, dict[str, Any]] = {
    "pool": POOL,
    "administration_vial": VIAL,
    "donation": dict(DONATION),
    "plasma_unit": {"unit": "U#", "donation_number": "D1"},
    "party": {"party_id": "X#", "kind": "clinic"},
}
TRIMMED = 'delimiter = ";"\ntrim = true\n'
GROUPED = 'delimiter = ";"\ndecimal_comma = true\ngrouping = "."\n'


def profile(settings: Settings, text: str) -> None:
    """The profile of C1."""
    put(settings, "C1", text)


def told(settings: Settings, record: str, column: str) -> list[tuple[object, ...]]:
    """Of each row its value, what was sent beside it, and what could not be read."""
    return rows(
        settings,
        f"SELECT {column}::text, sent -> '{column}' ->> 'text', unread ->> '{column}' "
        f"FROM accepted.{record} ORDER BY line",
    )


def csv_of(record: str, column: str, texts: Iterable[str]) -> bytes:
    """A file of a row for each text, with semicolons."""
    given = [{**USUAL[record], column: text} for text in texts]
    lines = [
        ";".join(f'"{value}"'.replace("#", str(n)) for value in row.values())
        for n, row in enumerate(given)
    ]
    return "\n".join([";".join(given[0]), *lines, ""]).encode()


def not_read(text: str) -> tuple[object, ...]:
    """What is told of a text that could not be read, and looked otherwise when it was looked at."""
    return None, text, text


VOLUMES = {
    "1.234.567.890.123,5": not_read("1.234.567.890.123,5"),
    "3.250,12345678": not_read("3.250,12345678"),
    "3250,12345678": not_read("3250,12345678"),
    "3.250,5": ("3250.500", "3.250,5", None),
    "3250,5": ("3250.500", None, None),
}
CSV = {
    "a grouped amount": (GROUPED, "pool", "volume_l", VOLUMES),
    "a grouped count": (
        GROUPED,
        "administration_vial",
        "vials",
        {"1.234.567.890": not_read("1.234.567.890"), "1.234": ("1234", "1.234", None)},
    ),
    "a grouped amount in a unit": (
        GROUPED + 'units = { volume_l = "mL" }\n',
        "pool",
        "volume_l",
        {"3.250,5": ("3.251", "3.250,5", None)},
    ),
    "a trimmed amount": (
        TRIMMED,
        "pool",
        "volume_l",
        {" 1e3 ": not_read(" 1e3 "), " 7 ": ("7.000", None, None)},
    ),
    "a trimmed GTIN": (
        TRIMMED,
        "administration_vial",
        "gtin",
        {" 96385074 ": ("00000096385074", " 96385074 ", None)},
    ),
    "an instant": (
        'delimiter = ";"\nzone = "Europe/Berlin"\n',
        "plasma_unit",
        "frozen_at",
        {"2026-01-05T10:00:00.1234567": not_read("2026-01-05T10:00:00.1234567")},
    ),
}
JSON = {
    "amounts": (
        "",
        "pool",
        "volume_l",
        {"1.8e2": ("180.000", None, None), "1e30": not_read("1e30")},
    ),
    "amounts in a unit": (
        'units = { volume_l = "mL" }\n',
        "pool",
        "volume_l",
        {
            "1.8e2": ("0.180", "1.8e2", None),
            "180.0": ("0.180", "180.0", None),
            "true": (None, None, "true"),
        },
    ),
    "counts": (
        "",
        "administration_vial",
        "vials",
        {"1.50": not_read("1.50"), "1.0": ("1", None, None)},
    ),
    "codes": (
        "",
        "administration_vial",
        "lot_number",
        {
            "123.0": ("123", "123.0", None),
            "1.230e2": ("123", "1.230e2", None),
            "1.50": ("1.50", None, None),
        },
    ),
    "texts": (
        TRIMMED,
        "party",
        "name",
        {
            text: (text, None, None)
            for text in ("1.0", "1.8e2", "true", "-0.00", "12345678901234567890.10")
        },
    ),
}


@pytest.mark.parametrize(("said", "record", "column", "kept"), CSV.values(), ids=CSV)
def test_text_is_kept_as_it_stood(
    lots_settings: Settings,
    tmp_path: Path,
    said: str,
    record: str,
    column: str,
    kept: Mapping[str, tuple[object, ...]],
) -> None:
    profile(lots_settings, said)
    admit(lots_settings, write(tmp_path, f"{record}-1.csv", csv_of(record, column, kept)))
    assert told(lots_settings, record, column) == [*kept.values()]


@pytest.mark.parametrize(("said", "record", "column", "kept"), JSON.values(), ids=JSON)
def test_a_number_of_json_is_kept_as_it_stood(
    lots_settings: Settings,
    tmp_path: Path,
    said: str,
    record: str,
    column: str,
    kept: Mapping[str, tuple[object, ...]],
) -> None:
    profile(lots_settings, said)
    lines = [
        json.dumps({**USUAL[record], column: "@"}).replace('"@"', token).replace("#", str(n)) + "\n"
        for n, token in enumerate(kept)
    ]
    admit(lots_settings, write(tmp_path, f"{record}-1.jsonl", "".join(lines).encode()))
    assert told(lots_settings, record, column) == [*kept.values()]


def test_a_refusal_tells_of_the_text_that_stood_there(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, TRIMMED)
    admit(
        lots_settings,
        write(tmp_path, "donation-1.csv", csv_of("donation", "donation_number", [" é"])),
    )
    ((reasons,),) = rows(lots_settings, "SELECT reasons FROM receiving.refused")
    assert "Got a text of 2 characters." in str(reasons)


def test_a_refused_row_of_parquet_is_kept_as_it_stood(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, 'decimal_comma = true\ntrim = true\nunits = { plasma_ml = "L" }\n')
    out = io.BytesIO()
    sent = {
        **DONATION,
        "donation_number": " é",
        "plasma_ml": "0,5",
        "collected_ml": "1.000",
        "mood": "good",
    }
    pq.write_table(pa.table({name: [value] for name, value in sent.items()}), out)
    got = admit(lots_settings, write(tmp_path, "donation-1.parquet", out.getvalue()))[0]
    assert got.counts["refused"] == 1
    ((raw,),) = rows(lots_settings, "SELECT raw FROM receiving.refused")
    assert json.loads(bytes(raw)) == sent  # type: ignore[call-overload]


def test_a_row_is_known_again_however_it_groups_a_number_that_is_read(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, GROUPED)
    places = [
        write(tmp_path, f"pool-{n}.csv", csv_of("pool", "volume_l", [text]))
        for n, text in enumerate(("3.250,5", "3250,5"))
    ]
    assert [got.counts["known"] for got in admit(lots_settings, *places)] == [0, 1]
