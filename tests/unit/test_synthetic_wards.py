"""The plant downstream: packs on their way, what was prepared and given, how fast, and what follows
for the rules.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import synthetic as plant
from lots.formats import read, recognise
from lots.rules import rules
from lots.settings import ROOT
from synthetic.cases.seeded import NOT_APPLICABLE, PASS, PENDING
from synthetic.cases.seeder import Seeder
from synthetic.truth.due import due
from synthetic.truth.truth import Ledger
from synthetic.world import (
    courses,
    dispensing,
    distribution,
    fate_packages,
    fate_relabelled,
    packing,
    parties,
    ward_orders,
    ward_people,
    ward_preparing,
    ward_pumps,
)
from synthetic.world.plan import Plan, in_twelves, plan
from tests.profiles import load
from tests.seeded import Rows, without_seeded

MIDDLE = plan(20_000, 7)
LARGE = plan(200_000, 7)
EVERYONE = np.arange(MIDDLE.patients)
RULES = (
    "R02",
    "E02",
    "E03.vials",
    "E03.end",
    "R03.dispensed",
    "R03.given",
    "R04",
    "R05",
    "R06",
    "R07",
    "R07.daily",
    "R08",
    "R09",
    "C05",
    "C01",
    "C03",
    "C04",
    "K01.reaction",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plant's folder."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(6_000, 9, folder)
    return folder


@pytest.fixture(scope="module")
def rows(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The plant's own rows from the pack on, as texts, by record."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path in sorted((written / "landing").glob("*/*")):
        way = load(written / "profiles", path.parent.name)
        with path.open("rb") as stream:
            opened = recognise.open_batch(stream, path.stat().st_size, path.name, recognised(), way)
            columns = read.staged_columns(opened)
            for batch in read.batches(opened, way, path.name):
                names = ["line", *batch.named(columns)]
                lines = csv.reader(io.StringIO(batch.numbered().decode()))
                found[opened.layout.record.name] += [
                    dict(zip(names, line, strict=True)) for line in lines
                ]
    return without_seeded(found, plan(6_000, 9), tmp_path_factory.mktemp("seeded"))


def recognised() -> Mapping[str, Any]:
    """All record types."""
    from lots.records import records

    return records()


def told(folder: Path, name: str) -> list[dict[str, Any]]:
    """One file of the truth."""
    return [
        json.loads(line) for line in (folder / "truth" / f"{name}.jsonl").read_text().splitlines()
    ]


# --- patients -------------------------------------------------------------------------------------


def test_most_patients_have_multiple_sclerosis() -> None:
    why = Counter(ward_people.INDICATIONS[at] for at in ward_people.indication(EVERYONE))
    assert why["MS"] > len(EVERYONE) / 2
    assert set(why) == {"MS", "PID", "CIDP"}


def test_ms_is_treated_with_forty_or_fifty_grams_a_day() -> None:
    dose = courses.dose_of(MIDDLE, EVERYONE)
    assert set(dose[ward_people.indication(EVERYONE) == ward_people.MS]) == {4, 5}


def test_no_dose_of_a_day_is_above_one_gram_per_kilogram() -> None:
    grams, tenths = 10 * courses.dose_of(MIDDLE, EVERYONE), ward_people.weight(MIDDLE, EVERYONE)
    assert (10 * grams <= tenths).all()


def test_some_patients_have_two_keys() -> None:
    two = ward_people.with_two_keys(MIDDLE)
    assert 0.1 < len(two) / MIDDLE.patients < 0.3
    one, other = (
        ward_people.keys(MIDDLE, two).to_pylist(),
        ward_people.other_keys(MIDDLE, two).to_pylist(),
    )
    assert not {*one} & {*other}
    assert ward_people.at_pharmacy(MIDDLE, two).to_pylist() == other
    assert one[0] == ward_people.key(MIDDLE, int(two[0]))


def test_an_immunodeficiency_is_treated_one_day_at_a_time() -> None:
    infusion = np.arange(MIDDLE.infusions)
    pid = ward_people.indication(courses.patient_of(MIDDLE, infusion)) == ward_people.PID
    assert (courses.planned(MIDDLE, infusion) == ~(pid & (infusion % 2 == 1))).all()


def test_six_courses_are_over_before_all_is_told() -> None:
    for sizes in (plan(200, 1), plan(600, 1), MIDDLE, LARGE):
        day = courses.day_of(sizes, np.arange(sizes.infusions))
        assert sizes.rounds == 6
        assert day.max() + ward_orders.REVIEWED_AFTER + 1 <= 334


def test_even_the_smallest_plant_treats_at_every_site() -> None:
    sizes = plan(200, 1)
    assert len(set(courses.site_of(sizes, np.arange(sizes.patients)).tolist())) == len(
        parties.SITES
    )


# --- packs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [plan(400, 1), MIDDLE, LARGE], ids=["small", "middle", "large"])
def test_packs_are_at_the_pharmacy_before_they_are_handed_out(sizes: Plan) -> None:
    infusion = np.arange(sizes.infusions)
    places = courses.lines(sizes, infusion)
    arrived = (
        packing.packed(sizes, places.lot)
        + distribution.ON_AFTER
        + distribution.TRANSFER_AFTER
        + 2 * 86_400
    )
    assert (dispensing.dispensed(sizes, places) > arrived).all()


def test_package_numbers_have_a_right_check_digit() -> None:
    number = fate_packages.sscc(500_000_007)
    assert parties.gs1(number[:-1]) == number
    assert len(number) == 18


def test_every_pack_is_in_one_case(rows: Rows) -> None:
    packs = sum(int(row["packs"]) for row in rows["package_content"] if row["packs"])
    assert packs == len(rows["pack"]) - len(rows["relabelling"])


def test_cases_stand_on_pallets(rows: Rows) -> None:
    cases = {row["sscc"] for row in rows["package_content"]}
    children = [row["child_sscc"] for row in rows["package_content"] if row["child_sscc"]]
    assert children
    assert {*children} <= cases


def test_the_plant_ships_whole_cases(rows: Rows) -> None:
    shipped = {row["sscc"] for row in rows["shipment"] if row["from_party"] == parties.PLANT}
    assert shipped
    assert shipped <= {row["sscc"] for row in rows["package_content"]}


def test_a_relabelled_pack_is_named_by_its_new_serial(rows: Rows) -> None:
    new = {row["new_serial"]: row["serial"] for row in rows["relabelling"]}
    assert new
    assert {*new} <= {row["serial"] for row in rows["pack"]}
    for record in ("dispensing", "administration_vial", "reconstitution_vial"):
        assert not {*new.values()} & {row["serial"] for row in rows[record]}
    assert {*new} & {row["serial"] for row in rows["administration_vial"]}


def test_only_single_packs_are_relabelled() -> None:
    lot, position = packing.packs_in(MIDDLE, np.arange(MIDDLE.lots))
    new = fate_relabelled.relabelled(lot, position)
    assert 0 < new.sum() < len(lot) / 50
    assert not in_twelves(lot[new]).any()


def test_packs_are_sold_handed_over_and_sent_back(rows: Rows) -> None:
    kinds = Counter(row["kind"] for row in rows["shipment"])
    assert kinds["sale"] > kinds["transfer"] > kinds["return"] > 0


def test_what_became_of_vials_is_told_in_every_way(rows: Rows) -> None:
    told = {row["kind"] for row in rows["vial_fate"]}
    assert {"lost", "destroyed", "wasted"} <= told <= {"lost", "destroyed", "wasted", "returned"}


def test_some_infusions_are_called_off() -> None:
    infusion = np.arange(LARGE.infusions)
    off = courses.called_off(LARGE, infusion)
    assert 0.002 < off.mean() < 0.01
    assert (courses.status_of(LARGE, infusion[off]) == 2).all()


def test_no_vial_is_given_and_brought_back(rows: Rows) -> None:
    fates = {row["serial"] for row in rows["vial_fate"] if row["serial"] and not row["position"]}
    assert fates
    assert not fates & {row["serial"] for row in rows["administration_vial"]}


def test_a_vial_of_an_opened_pack_has_its_position(rows: Rows) -> None:
    twelve = [row for row in rows["dispensing"] if row["position"]]
    assert all(row["vials"] == "1" and 1 <= int(row["position"]) <= 12 for row in twelve)


# --- infusions ------------------------------------------------------------------------------------


def by_key(rows: list[dict[str, str]], name: str) -> dict[tuple[str, str], dict[str, str]]:
    """Rows by their site and number."""
    return {(row["site"], row[name]): row for row in rows}


def test_every_infusion_has_its_order_and_most_a_preparation(rows: Rows) -> None:
    orders = by_key(rows["treatment_order"], "treatment_order")
    infusions = rows["administration"]
    assert all((row["site"], row["treatment_order"]) in orders for row in infusions)
    prepared = rows["reconstitution"]
    assert 0.97 < len(prepared) / len(infusions) <= 1


def test_what_is_prepared_is_what_is_given(rows: Rows) -> None:
    def names(record: str) -> Counter[tuple[str, ...]]:
        return Counter(
            (row["site"], row["preparation"], row["item"], row["serial"], row["lot_number"])
            for row in rows[record]
        )

    assert names("reconstitution_vial") == names("administration_vial")


def test_some_preparations_are_of_two_lots(rows: Rows) -> None:
    lots: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows["reconstitution_vial"]:
        lots[row["preparation"]].add(row["lot_number"])
    assert Counter(map(len, lots.values()))[2] > 3


def amount(row: dict[str, str], name: str) -> float:
    """A number, however its site writes it."""
    return float(row[name].replace(",", "."))


def test_the_water_is_what_the_vials_take(rows: Rows) -> None:
    vials: Counter[str] = Counter()
    for row in rows["reconstitution_vial"]:
        vials[row["preparation"]] += int(row["vials"])
    for row in rows["reconstitution"]:
        wanted = vials[row["preparation"]] * {"5": 192, "10": 96}[row["concentration_pct"]]
        assert abs(amount(row, "volume_ml") - wanted) <= 0.03 * wanted


def test_pumps_go_faster_every_half_hour_and_never_too_fast(rows: Rows) -> None:
    orders = by_key(rows["treatment_order"], "treatment_order")
    infusions = by_key(rows["administration"], "administration")
    rates: defaultdict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for row in rows["infusion_rate"]:
        rates[row["site"], row["administration"]].append(
            (int(row["minute"]), amount(row, "rate_ml_h"))
        )
    assert len(rates) > 100
    for (site, number), steps in rates.items():
        order = orders[site, infusions[site, number]["treatment_order"]]
        limit = 4 if "yes" in (order[name] for name in ward_people.RISKS) else 8
        assert all(b[0] - a[0] == 30 and b[1] > a[1] for a, b in pairwise(steps))
        assert steps[-1][1] < limit * amount(order, "weight_kg")


def test_an_infusion_lasts_as_long_as_its_volume_needs() -> None:
    minutes = ward_pumps.minutes(MIDDLE, EVERYONE)
    assert 60 < minutes.min() < minutes.max() < 12 * 60


def test_who_is_at_risk_is_infused_more_slowly() -> None:
    at_risk = ward_people.risk(EVERYONE) >= 0
    assert 0 < at_risk.sum() < len(EVERYONE) / 4
    assert (ward_preparing.strength(EVERYONE)[at_risk] == 0).all()


def test_a_home_has_no_pump(rows: Rows) -> None:
    assert ward_pumps.WITHOUT not in {row["site"] for row in rows["infusion_rate"]}


def test_every_patient_is_reviewed_after_six_courses(rows: Rows) -> None:
    last: dict[str, str] = {}
    for row in rows["administration"]:
        last[row["patient_key"]] = max(last.get(row["patient_key"], ""), row["started_at"][:10])
    reviews = {row["patient_key"]: row["reviewed_on"] for row in rows["course_review"]}
    assert all(day <= reviews[patient] for patient, day in last.items())


def test_serious_reactions_are_reported_in_time(rows: Rows) -> None:
    for row in rows["adverse_reaction"]:
        aware, reported = (
            datetime.fromisoformat(row[name]) for name in ("aware_at", "reported_at")
        )
        assert timedelta(0) < reported - aware < timedelta(15)


# --- what the rules answer ------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_every_outcome_that_the_page_gives(rule: str) -> None:
    pages = sorted((ROOT / "docs" / "judging").glob("*.md"))
    head, cells = table_row("".join(page.read_text() for page in pages), rule)
    words = {
        name: name.split(" ")[0] for name in ("not applicable", "pending", "notice", "finding")
    }
    possible = {
        "not_applicable" if name == "not applicable" else name
        for name in words
        if any(word.startswith(name) and cell for word, cell in zip(head, cells, strict=True))
    }
    assert {*rules()[rule].outcomes} == possible | {PASS}


def table_row(page: str, rule: str) -> tuple[list[str], list[str]]:
    """The heads and cells of a rule's row in the page's tables."""
    head: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if cells[0] == "rule":
            head = cells
        if line.startswith(f"| {rule} |"):
            return head, [cell.strip() for cell in line.strip()[1:-1].split("|")]
    raise AssertionError(rule)


def test_what_is_told_of_a_subject_is_told_once(written: Path) -> None:
    subjects = Counter((row["rule"], tuple(row["subject"])) for row in told(written, "outcomes"))
    assert max(subjects.values()) == 1


def test_most_of_the_plants_own_rows_pass_or_are_not_concerned(written: Path) -> None:
    tallies = json.loads((written / "truth" / "tallies.json").read_text())
    for rule in ("R02", "E02", "E03.vials", "E03.end", "R03.dispensed", "R03.given", "R07", "R09"):
        assert tallies[rule][PASS] + tallies[rule].get(NOT_APPLICABLE, 0) > 0.9 * sum(
            tallies[rule].values()
        )


def test_an_unlinked_vial_is_due_thirty_days_later(written: Path) -> None:
    dues = {
        row["due"]
        for row in told(written, "outcomes")
        if row["rule"] == "R09" and row["outcome"] == PENDING
    }
    assert dues == {"2025-10-14", "2025-10-19", None} & dues
    assert due("2025-09-14T10:00:00+02:00", "unlinked_vial") == "2025-10-14"


def test_cases_of_links_reach_what_they_should(tmp_path: Path) -> None:
    from synthetic.cases import ward_links as cases_ward_links

    with Ledger(tmp_path / "truth") as ledger:
        seeder = Seeder(plan(600, 1), ledger)
        cases_ward_links.all_of(seeder)
    lines = [one for some in seeder.lines.values() for one in some]
    bases = {way.basis for one in lines for way in one.reached}
    assert bases == {"pack", "preparation"}
    assert any(len(one.reached) == 2 and not one.parked for one in lines)
