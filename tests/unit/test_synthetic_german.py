"""The hospital that changes its template half-way: both templates say the same of what they both
tell.
"""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

import synthetic as plant
from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.records import records
from synthetic.world import clock, parties
from synthetic.writing import german
from tests.profiles import load

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bool, Rows]]:
    """By file in the order of their numbers: whether it is of the new template, and its rows as
    they are read.
    """
    out = tmp_path_factory.mktemp("german")
    plant.write(600, 4, out)
    profile = load(out / "profiles", parties.GERMAN)
    files = [
        p
        for p in (out / "landing" / parties.GERMAN).iterdir()
        if not p.name.startswith("transmittal")
    ]
    return {
        path.name: _read(path, profile)
        for path in sorted(files, key=lambda p: p.name.split("-")[1])
    }


def _read(path: Path, profile: Profile) -> tuple[bool, Rows]:
    with path.open("rb") as stream:
        found = open_batch(stream, path.stat().st_size, path.name, records(), profile)
        columns = staged_columns(found)
        rows = [
            dict(zip(("line", *batch.named(columns)), row, strict=True))
            for batch in batches(found, profile, path.name)
            for row in csv.reader(io.StringIO(batch.numbered().decode()))
        ]
    return bool(found.layout.version), rows


def of(sent: dict[str, tuple[bool, Rows]], record: str) -> list[tuple[bool, Rows]]:
    """The files of a record."""
    return [file for name, file in sent.items() if name.split("-")[0] == record]


@pytest.mark.parametrize("record", ["administration_vial", "reconstitution", "reconstitution_vial"])
def test_files_of_the_old_template_come_after_those_of_the_new(
    sent: dict[str, tuple[bool, Rows]], record: str
) -> None:
    assert [new for new, _ in of(sent, record)] == [True, False]


def test_what_was_given_and_wasted_is_what_the_vials_hold(
    sent: dict[str, tuple[bool, Rows]],
) -> None:
    for _, rows in of(sent, "administration_vial"):
        assert rows
        for row in rows:
            assert Decimal(row["given_g"]) + Decimal(row["wasted_g"]) == 10 * int(row["vials"])


def test_water_is_told_in_litres_and_read_in_millilitres(
    sent: dict[str, tuple[bool, Rows]],
) -> None:
    for new, rows in of(sent, "reconstitution"):
        assert all(250 < Decimal(row["volume_ml"]) < 1_000 for row in rows)
        assert all(bool(row.get("diluent_lot")) is new for row in rows)


def test_the_same_table_by_both_templates() -> None:
    ours = pa.table(
        {
            "item": ["1", "2", "3"],
            "given_g": ["10,0", None, "0,0"],
            "diluent_lot": ["W1", None, "W2"],
        }
    )
    assert german.table(ours, german.CHANGED - 1).drop_columns([german.REMARK]).to_pydict() == {
        "Lfd_Nr": ["1", "2", "3"],
        "Gegeben_g": ["10,0", None, "0,0"],
    }
    assert german.table(ours, german.CHANGED).drop_columns([german.REMARK]).to_pydict() == {
        "Lfd_Nr": ["1", "2", "3"],
        "Gegeben_mg": ["10000", None, "0"],
        "Charge_Wasser": ["W1", None, "W2"],
    }


def test_only_the_name_tells_of_which_template_the_water_is() -> None:
    first, second = german.names(0), german.names(german.CHANGED)
    assert first["Menge"] == second["Menge"] == "volume_ml"
    assert (
        german.file_name("reconstitution", "0007", german.CHANGED)
        == "reconstitution-0007-2025-09-06.csv"
    )
    assert german.file_name("administration", "0007", german.CHANGED) == "administration-0007.csv"
    assert f"from = {clock.day(german.CHANGED)}\n" in german.profile()
