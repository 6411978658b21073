"""Readings of a dryer in the template's own form, whichever the file's: seconds with a fraction,
and gaps.
"""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.records import records

ROWS = [(0.0, 83.0), (30.059527, -35.1), (60.5, -35.2)]
COLUMNS = ("plant", "cycle", "elapsed_s", "product_1_c")


def as_csv() -> bytes:
    """The readings as CSV."""
    return "\n".join(
        [",".join(COLUMNS), *(f"P,Y,{second},{probe}" for second, probe in ROWS), ""]
    ).encode()


def as_json() -> bytes:
    """The readings as JSON lines."""
    lines = (json.dumps(dict(zip(COLUMNS, ("P", "Y", *row), strict=True))) for row in ROWS)
    return "\n".join([*lines, ""]).encode()


def as_parquet() -> bytes:
    """The readings as Parquet, with floats."""
    seconds, probes = (
        pa.array([second for second, _ in ROWS]),
        pa.array([probe for _, probe in ROWS]),
    )
    out = io.BytesIO()
    pq.write_table(
        pa.table([pa.array(["P"] * 3), pa.array(["Y"] * 3), seconds, probes], names=list(COLUMNS)),
        out,
    )
    return out.getvalue()


FORMS = {"csv": as_csv, "jsonl": as_json, "parquet": as_parquet}


def read(form: str, profile: Profile) -> tuple[list[dict[str, str]], list[str]]:
    """The staged rows of a form, and what a person should know."""
    data, name = FORMS[form](), f"lyophilisation_reading-1.{form}"
    found = open_batch(io.BytesIO(data), len(data), name, records(), profile)
    rows: list[dict[str, str]] = []
    notices: list[str] = []
    for batch in batches(found, profile, name):
        names = ("line", *(c for c in batch.named(staged_columns(found)) if c != "line"))
        rows += [
            dict(zip(names, row, strict=True))
            for row in csv.reader(io.StringIO(batch.numbered().decode()))
        ]
        notices += batch.notices
    return rows, notices


@pytest.mark.parametrize("form", FORMS)
def test_a_fraction_of_a_second_is_rounded_and_kept(form: str) -> None:
    rows, _ = read(form, Profile(sender="P"))
    assert [row["elapsed_s"] for row in rows] == ["0", "30", "61"]
    assert json.loads(rows[1]["sent"]) == {"elapsed_s": {"rounded": True, "text": "30.059527"}}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_reading_is_empty_and_kept(form: str) -> None:
    rows, notices = read(form, Profile(sender="P", missing=("83.00",)))
    assert [row["product_1_c"] for row in rows] == ["", "-35.1", "-35.2"]
    assert json.loads(rows[0]["sent"])["product_1_c"]["reading"] == "none"
    assert notices == [
        "product_1_c: 1 values are no reading, as the sender's profile says; they are kept as sent."
    ]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_built_in(form: str) -> None:
    rows, _ = read(form, Profile(sender="P"))
    assert rows[0]["product_1_c"] in ("83", "83.0")
