"""The truth beside the files: packs are shipped, delivered, dispensed and given as the rows say;
stories are told.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import synthetic as plant
from lots.formats import read, recognise
from lots.grammar.schema import Outcome
from lots.records import records
from synthetic.cases import breaches, careless
from synthetic.cases.seeded import DISPENSED, LOT, PACK, Reached, Seeded
from synthetic.cases.seeder import Seeder
from synthetic.truth.truth import Ledger, VialLinks, key_of
from synthetic.world import parties
from synthetic.world.plan import plan
from tests.profiles import load
from tests.seeded import Rows, without_seeded

SIZES = plan(2_000, 9)
WAY = Reached(("PLANT-01", "A25-000001", "packed"), PACK, DISPENSED, "P-1")
BY_LOT = Reached(WAY.lot, LOT, WAY.state, WAY.patient)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plant's folder."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(SIZES.donations, SIZES.draws.seed, folder)
    return folder


@pytest.fixture(scope="module")
def rows(written: Path) -> Rows:
    """All rows that are rows, as texts, by record."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path in sorted((written / "landing").glob("*/*")):
        way = load(written / "profiles", path.parent.name)
        with path.open("rb") as stream:
            opened = recognise.open_batch(stream, path.stat().st_size, path.name, records(), way)
            columns = read.staged_columns(opened)
            for batch in read.batches(opened, way, path.name):
                names = ["line", *batch.named(columns)]
                lines = csv.reader(io.StringIO(batch.numbered().decode()))
                found[opened.layout.record.name] += [
                    dict(zip(names, line, strict=True)) for line in lines
                ]
    return found


@pytest.fixture(scope="module")
def own(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Those that were not seeded."""
    return without_seeded(rows, SIZES, tmp_path_factory.mktemp("seeded"))


def told(folder: Path, name: str) -> list[dict[str, Any]]:
    """One file of the truth."""
    return [
        json.loads(line) for line in (folder / "truth" / f"{name}.jsonl").read_text().splitlines()
    ]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "truth") as opened:
        yield opened


# --- the way of the packs -------------------------------------------------------------------------


def test_the_plant_ships_what_it_packed(own: Rows) -> None:
    again = {row["new_serial"] for row in own["relabelling"]}
    packed = Counter(row["lot_number"] for row in own["pack"] if row["serial"] not in again)
    shipped: Counter[str] = Counter()
    for row in own["shipment"]:
        if row["from_party"] == parties.PLANT:
            shipped[row["lot_number"]] += int(row["packs"])
    assert shipped == packed
    assert len(shipped) == SIZES.lots


def test_what_is_delivered_was_shipped(own: Rows) -> None:
    def lines(record: str) -> Counter[tuple[str, ...]]:
        names = ("from_party", "shipment", "item", "to_party", "packs")
        return Counter(tuple(row[n] for n in names) for row in own[record])

    assert lines("delivery") == lines("shipment")


def test_what_is_dispensed_was_packed(own: Rows) -> None:
    packs = {(row["gtin"], row["serial"]): row["lot_number"] for row in own["pack"]}
    named = [row for row in own["dispensing"] if row["serial"]]
    assert named
    assert all(packs[row["gtin"], row["serial"]] == row["lot_number"] for row in named)


def test_a_vial_is_given_in_an_infusion_that_is_told(own: Rows) -> None:
    infusions = {
        (row["site"], row["administration"]): row["status"] for row in own["administration"]
    }
    for row in own["administration_vial"]:
        given, wasted = float(row["given_g"]), float(row["wasted_g"])
        assert given + wasted == pytest.approx(10 * int(row["vials"]))
        assert (given == 0) >= (infusions[row["site"], row["administration"]] == "not_given")


def test_links_of_the_plants_own_rows_say_what_the_rows_say(own: Rows, written: Path) -> None:
    by_key = {tuple(key_of("administration_vial", row)): row for row in own["administration_vial"]}
    links = [
        link
        for link in told(written, "links")
        if link["record"] == "administration_vial" and tuple(link["key"]) in by_key
    ]
    assert len(links) == len(by_key)
    for link in links:
        row = by_key[tuple(link["key"])]
        assert link["lot"] == [parties.PLANT, row["lot_number"], "packed"]
        assert link["basis"] == (PACK if row["serial"] else LOT)


def test_some_infusions_take_vials_of_two_lots(written: Path) -> None:
    lots = defaultdict(set)
    for link in told(written, "links"):
        if link["record"] == "administration_vial":
            lots[tuple(link["key"][:2])].add(tuple(link["lot"]))
    assert any(len(some) > 1 for some in lots.values())


# --- versions -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contested", "superseded"])
def test_versions_stand_in_the_files(rows: Rows, written: Path, name: str) -> None:
    for line in told(written, name):
        record = str(line["record"])
        versions = {
            tuple(sorted(row.items() - {("line", row["line"])}))
            for row in rows[record]
            if key_of(record, row) == line["key"]
        }
        # A row that says it is retracted stands for nothing, also where it is alone.
        alone = name == "superseded" and any(dict(row).get("retracted") for row in versions)
        assert len(versions) >= (1 if alone else 2), line


def test_every_kind_of_story_is_told(written: Path) -> None:
    assert {line["record"] for line in told(written, "contested")} >= {
        "donation",
        "test_result",
        "lot",
        "pack",
        "administration",
        "donor_exam",
        "plasma_unit",
        "pool",
        "lyophilisation",
        "deviation",
    }
    assert {line["record"] for line in told(written, "superseded")} >= {
        "donation",
        "test_result",
        "lot",
        "pack",
        "administration",
        "transmittal",
        "viral_inactivation",
        "lot_test",
        "same_person",
    }


def test_a_cycle_of_lots_is_seeded(rows: Rows) -> None:
    edges = {tuple(key_of("lot_input", row)) for row in rows["lot_input"]}
    assert ("PLANT-01", "A25-000001", "dried", "PLANT-01", "A25-000001", "packed") in edges
    assert ("PLANT-01", "A25-000001", "packed", "PLANT-01", "A25-000001", "dried") in edges
    assert ("PLANT-01", "A25-000002", "packed", "PLANT-01", "A25-000002", "packed") in edges


def test_one_row_reaches_lots_of_two_manufacturers(written: Path) -> None:
    makers = defaultdict(set)
    for link in told(written, "links"):
        makers[tuple(link["key"])].add(link["lot"][0])
    assert {parties.PLANT, parties.SUPPLIER} in makers.values()


# --- consequences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "parked", "reached"),
    [
        ("R01.dispensing.gtin", ("pack",), (BY_LOT,)),
        ("R01.vial.named", ("vial",), ()),
        ("dispensing.gtin.readable", ("pack",), (BY_LOT,)),
        ("administration_vial.serial.readable", (), (BY_LOT,)),
        ("dispensing.lot_number.readable", (), (WAY,)),
        ("R07.given", (), (WAY,)),
    ],
)
def test_what_a_vials_row_still_reaches(
    rule: str, parked: tuple[str, ...], reached: tuple[Reached, ...]
) -> None:
    follows = breaches.follows(rule)
    assert (follows.parked, follows.reached((WAY,))) == (parked, reached)


def test_a_patient_who_cannot_be_read_is_nobody() -> None:
    (way,) = breaches.follows("dispensing.patient_key.readable").reached((WAY,))
    assert (way.lot, way.patient) == (WAY.lot, "")


def test_a_specimen_is_planted_with_what_it_needs(ledger: Ledger) -> None:
    seeder = Seeder(plan(600, 1), ledger)
    seeder.sound(seeder.next("administration_vial"))
    assert {record for _, record in seeder.lines} == {
        "administration_vial",
        "administration",
        "pack",
    }


def test_a_refused_line_reaches_nothing(ledger: Ledger) -> None:
    seeder = Seeder(plan(600, 1), ledger)
    seeder.refused(seeder.next("dispensing"), {"dispensing": ""})
    (line,) = seeder.lines["PHARMACY-01", "dispensing"]
    assert (line.refused, line.reached, line.values["dispensing"]) == (True, (), "")


def test_the_careless_sender_corrects_every_announcement(ledger: Ledger) -> None:
    rows = [
        {
            "sender": parties.CARELESS,
            "sequence": str(n),
            "file_name": f"donor-{n:04d}.csv",
            "record": "donor",
            "row_count": "3",
            "period_from": "a",
            "period_to": "b",
        }
        for n in (1, 2, 3)
    ]
    said, first = careless.said(parties.CARELESS, rows)
    assert all(row["correction"] == "1" and row["corrected_by"] for row in said)
    rules = records()["transmittal"].rules
    assert sum(line.refused for line in first) == sum(
        rule.outcome is Outcome.REFUSE for rule in rules
    )
    for number, line in enumerate(first):
        ledger.seeded("transmittal-0001.csv", number, line)
    assert ledger.truth().superseded == 3


def test_another_sender_says_it_once() -> None:
    assert careless.said("LAB-01", [{"sender": "LAB-01"}]) == ([{"sender": "LAB-01"}], [])


def test_a_breach_names_its_specimen() -> None:
    record = records()["donation"]
    rule = next(rule for rule in record.rules if rule.id == "D01.shape")
    assert breaches.changes(record, rule, 7)["donation_number"] == "0X00125000007"


# --- the ledger -----------------------------------------------------------------------------------


def test_a_planted_line_is_counted_once(ledger: Ledger) -> None:
    values = {"party_id": "X"}
    ledger.seeded("a.csv", 2, Seeded("party", values, findings=("party.gln.check",)))
    ledger.seeded("a.csv", 3, Seeded("party", values, known=True))
    ledger.seeded("a.csv", 4, Seeded("party", values, refused=True))
    truth = ledger.truth()
    assert dict(truth.accepted) == dict(truth.known) == {"party": 1}
    assert (truth.refused, truth.findings) == (1, 1)


def test_links_are_written_a_column_at_a_time(ledger: Ledger, tmp_path: Path) -> None:
    ledger.vials(
        VialLinks(
            "dispensing",
            (pa.array(["Q", "Q"]), pa.array(["D1", "D2"])),
            "M",
            pa.array(["L1", "L2"]),
            pa.array(["pack", "lot"]),
            pa.array(["dispensed"] * 2),
            pa.array(["P", None]),
        )
    )
    with ledger:
        pass
    lines = [
        json.loads(line) for line in (tmp_path / "truth" / "links.jsonl").read_text().splitlines()
    ]
    common = {"record": "dispensing", "state": "dispensed"}
    assert lines == [
        {
            **common,
            "key": ["Q", "D1"],
            "lot": ["M", "L1", "packed"],
            "basis": "pack",
            "patient": "P",
        },
        {
            **common,
            "key": ["Q", "D2"],
            "lot": ["M", "L2", "packed"],
            "basis": "lot",
            "patient": None,
        },
    ]
