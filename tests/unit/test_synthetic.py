"""The whole plant: what it writes is the same for the same seed, is recognised, announced and
counted.
"""

import csv
import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import synthetic as plant
from lots.errors import CallError
from lots.formats import recognise
from lots.records import records
from synthetic.cases import careless
from synthetic.truth.truth import LINES
from synthetic.world import clock, parties
from tests.profiles import load

SMALL = 600


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small plant's folder."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(SMALL, 1, folder)
    return folder


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[plant.Truth, Path]:
    """The counts of a small plant, and its truth folder."""
    folder = tmp_path_factory.mktemp("counted")
    return plant.write(SMALL, 2, folder), folder / "truth"


def digest(folder: Path) -> dict[str, str]:
    """Every file's hash by its place."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sent(folder: Path) -> Iterator[Path]:
    """Every file that was sent."""
    return (path for path in sorted((folder / "landing").rglob("*")) if path.is_file())


def test_the_same_seed_gives_the_same_bytes_and_tells_of_each_stage(
    written: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    plant.write(SMALL, 1, tmp_path, told.append)
    assert digest(tmp_path) == digest(written)
    assert told[:3] == ["reference written", "people written", "donations written"]
    assert told[-1] == "wards written"


def test_another_seed_gives_other_bytes(written: Path, truth: tuple[plant.Truth, Path]) -> None:
    assert digest(truth[1].parent) != digest(written)


def test_a_plant_may_be_too_small(tmp_path: Path) -> None:
    with pytest.raises(CallError) as error:
        plant.write(199, 1, tmp_path)
    assert str(error.value) == "A plant of 199 donations is too small; expected at least 200."


def test_a_plant_is_not_mixed_with_another(written: Path) -> None:
    before = digest(written)
    with pytest.raises(CallError) as error:
        plant.write(200, 2, written)
    assert (
        str(error.value)
        == "The folder 'landing' has files already; expected an empty one for a plant."
    )
    assert digest(written) == before


def test_importing_the_plant_loads_nothing_heavy() -> None:
    code = (
        "import sys, synthetic; print([m for m in ('numpy', 'pandas', 'pyarrow') if m in"
        " sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_file_is_recognised(written: Path) -> None:
    said = {
        sender: {row["file_name"]: row["record"] for row in rows}
        for sender, rows in announced(written).items()
    }
    for path in sent(written):
        way = load(written / "profiles", path.parent.name)
        with path.open("rb") as stream:
            opened = recognise.open_batch(stream, path.stat().st_size, path.name, records(), way)
        named = said[path.parent.name].get(path.name, careless.TRANSMITTAL)
        assert opened.layout.record.name == named, path


def test_files_come_in_every_form(written: Path) -> None:
    forms = set()
    for path in sent(written):
        way = load(written / "profiles", path.parent.name)
        with path.open("rb") as stream:
            layout = recognise.open_batch(
                stream, path.stat().st_size, path.name, records(), way
            ).layout
        forms.add((layout.form, layout.delimiter, way.encoding))
    assert {
        ("csv", ",", "utf-8"),
        ("csv", ";", "latin-1"),
        ("jsonl", ",", "utf-8"),
        ("parquet", ",", "utf-8"),
        ("controller", ",", "utf-8"),
        ("historian", ",", "utf-8"),
    } <= forms
    assert any(path.suffix == ".gz" for path in sent(written))


def test_every_record_type_is_sent(truth: tuple[plant.Truth, Path]) -> None:
    assert set(truth[0].accepted) == set(records())


def test_the_counts_are_those_of_the_files(truth: tuple[plant.Truth, Path]) -> None:
    counts, folder = truth
    for name in LINES:
        lines = (folder / f"{name}.jsonl").read_text().splitlines()
        assert len(lines) == getattr(counts, name) > 0, name
        assert all(isinstance(json.loads(line), dict) for line in lines)


def test_accepted_rows_are_counted_by_record(truth: tuple[plant.Truth, Path]) -> None:
    counts, folder = truth
    told = json.loads((folder / "accepted.json").read_text())
    assert told.pop("known") == dict(counts.known)
    assert told == dict(counts.accepted)
    assert (
        counts.rows == sum(counts.accepted.values()) + sum(counts.known.values()) + counts.refused
    )


def announced(folder: Path) -> dict[str, list[dict[str, str]]]:
    """What each sender's transmittal says, as it stands in the end."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in (folder / "landing").glob("*/transmittal-0001.csv"):
        german = path.parent.name == parties.GERMAN
        with path.open(encoding="latin-1") as file:
            rows = list(csv.DictReader(file, delimiter=";" if german else ","))
        corrected = [
            row for row in rows if row["correction"] == "1" and row["corrected_by"] == "CLERK-2"
        ]
        found[path.parent.name] = corrected or rows
    return found


def heard(folder: Path) -> dict[str, dict[str, Any]]:
    """How far each sender is heard in the end."""
    lines = [
        json.loads(line) for line in (folder / "truth" / "heard.jsonl").read_text().splitlines()
    ]
    return {line["sender"]: line for line in lines}


def test_senders_number_their_files_but_for_one_gap(written: Path) -> None:
    for sender, rows in announced(written).items():
        first = 2 if sender == careless.SKIPS else 1
        assert [int(row["sequence"]) for row in rows] == list(range(first, first + len(rows))), (
            sender
        )
        assert heard(written)[sender]["last_sequence"] == len(rows) + first - 1
        assert heard(written)[sender]["missing_sequences"] == first - 1


def test_announced_files_have_come_but_for_one(written: Path) -> None:
    for sender, rows in announced(written).items():
        files = {
            p.name
            for p in (written / "landing" / sender).iterdir()
            if not p.name.startswith("transmittal")
        }
        assert {row["file_name"] for row in rows} - files == set(
            heard(written)[sender]["not_arrived"]
        )
        assert len(files) == len(rows) - (sender == careless.LOSES)


def test_nothing_is_heard_of_who_only_receives(written: Path) -> None:
    silent = {sender for sender, line in heard(written).items() if not line["announced"]}
    assert parties.SILENT in silent
    assert not silent & {path.name for path in (written / "landing").iterdir()}


def test_a_file_that_was_sent_again_is_known(truth: tuple[plant.Truth, Path]) -> None:
    assert truth[0].known["viral_inactivation"] == 2


def test_the_number_stands_in_the_name(written: Path) -> None:
    for rows in announced(written).values():
        for row in rows:
            if not row["file_name"].startswith("CY"):
                assert row["file_name"].startswith(f"{row['record']}-{int(row['sequence']):04d}")


def test_every_sender_has_told_all_until_december(written: Path) -> None:
    for sender, rows in announced(written).items():
        end = clock.instant(
            clock.END * clock.DAY, parties.zone_of(sender), bare=sender == parties.GERMAN
        )
        assert rows[-1]["period_to"] == end


def lines_of(path: Path, header: bytes) -> int:
    """Records in a file as its sender counts them: the header again is none."""
    if path.suffix == ".parquet":
        return pq.read_metadata(path).num_rows
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return sum(line != header for line in data.splitlines()[path.suffix != ".jsonl" :])


@pytest.mark.parametrize(
    "sender", ["CENTRE-01", "CENTRE-02", "CENTRE-03", "LAB-01", "PHARMACY-02", "WHOLESALE-01"]
)
def test_transmittals_count_the_rows(written: Path, sender: str) -> None:
    amiss = heard(written)[sender]
    for row in announced(written)[sender]:
        if row["file_name"] in amiss["not_arrived"]:
            continue
        header = ",".join(c.name for c in records()[row["record"]].columns).encode()
        one_more = row["file_name"] in amiss["counts_differ"]
        assert lines_of(written / "landing" / sender / row["file_name"], header) + one_more == int(
            row["row_count"]
        )


def test_a_larger_plant_has_larger_files_of_bounded_size(tmp_path: Path) -> None:
    counts = plant.write(70_000, 1, tmp_path)
    assert counts.accepted["test_result"] > 3 * 70_000
    for rows in announced(tmp_path).values():
        assert max(int(row["row_count"]) for row in rows) < 200_000
