"""Cases of the rules across records: of every outcome that a rule can have there is one, made on
purpose.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

import synthetic as plant
from lots.rules import rules
from synthetic.cases import after_packing as ward_cases
from synthetic.cases import before_packing as cases
from synthetic.cases import faults, law
from synthetic.cases.seeded import PENDING
from synthetic.cases.seeder import Seeder
from synthetic.cases.world import Cases, noon
from synthetic.truth.truth import Ledger
from synthetic.world import drying, making, people, pooling, qualifying, reference
from synthetic.world.plan import RECOVERED, day_of, donor_of, plan, pool_of, pool_starts

Tallies = Mapping[str, Mapping[str, int]]
EVERY = [(rule.id, outcome) for rule in rules().values() for outcome in rule.outcomes]
OF_NODES = "X02"  # told of all that the files name
SMALL = plan(400, 1)


def tallies(folder: Path) -> Tallies:
    """How often each rule has each outcome, by the truth in a folder."""
    told: Tallies = json.loads((folder / "tallies.json").read_text())
    return told


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small plant's truth."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(SMALL.donations, 1, folder)
    return folder / "truth"


def told(folder: Path, tell: Callable[[Seeder], object]) -> Tallies:
    """What is seeded by some cases alone."""
    with Ledger(folder) as ledger:
        seeder = Seeder(SMALL, ledger)
        tell(seeder)
        for lines in seeder.lines.values():
            for number, line in enumerate(lines):
                ledger.seeded("a.csv", number, line)
        ledger.truth()
    return tallies(folder)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Tallies:
    """What the cases of both halves tell."""

    def tell(seeder: Seeder) -> None:
        cases.all_of(seeder, 0)
        ward_cases.all_of(seeder, 0)

    return told(tmp_path_factory.mktemp("cases"), tell)


# --- every outcome --------------------------------------------------------------------------------


def test_of_every_outcome_there_is_a_case(seeded: Tallies, written: Path) -> None:
    made = {**seeded, OF_NODES: tallies(written)[OF_NODES]}
    assert [of for of in EVERY if not made.get(of[0], {}).get(of[1])] == []


def test_no_rule_answers_what_it_cannot(written: Path) -> None:
    possible = {(rule.id, outcome) for rule in rules().values() for outcome in rule.outcomes}
    assert {
        (rule, outcome) for rule, some in tallies(written).items() for outcome in some
    } <= possible


def test_nothing_is_told_of_a_rule_that_nobody_declared(written: Path) -> None:
    assert set(tallies(written)) == set(rules())


def test_what_has_a_line_each_is_counted_too(written: Path) -> None:
    lines = [json.loads(line) for line in (written / "outcomes.jsonl").read_text().splitlines()]
    counted = Counter((line["rule"], line["outcome"]) for line in lines)
    assert counted == {
        (rule, outcome): count
        for rule, some in tallies(written).items()
        for outcome, count in some.items()
        if outcome in ("pending", "notice", "finding")
    }


def test_a_rule_is_told_once_of_each_subject(written: Path) -> None:
    lines = [json.loads(line) for line in (written / "outcomes.jsonl").read_text().splitlines()]
    assert max(Counter((line["rule"], *line["subject"]) for line in lines).values()) == 1


def test_only_pending_ones_are_due(written: Path) -> None:
    lines = [json.loads(line) for line in (written / "outcomes.jsonl").read_text().splitlines()]
    due = {line["rule"] for line in lines if line["due"]}
    assert due <= {rule.id for rule in rules().values() if rule.due}
    assert {line["outcome"] for line in lines if line["due"]} == {PENDING}


def test_rounds_of_cases_share_no_number(tmp_path: Path) -> None:
    def twice(seeder: Seeder) -> None:
        for times in range(2):
            cases.all_of(seeder, times)
        for (_, record), lines in seeder.lines.items():
            if record in (
                "donation",
                "pool",
                "donor_exam",
                "lot_test",
                "viral_inactivation",
                "deviation",
            ):
                keys = [tuple(sorted(line.values.items())) for line in lines]
                assert len(set(keys)) == len(keys), record

    once, both = (
        told(tmp_path / "once", lambda seeder: cases.all_of(seeder, 0)),
        told(tmp_path / "twice", twice),
    )
    assert both["D07"] == {outcome: 2 * count for outcome, count in once["D07"].items()}


# --- what cases are made of -----------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Cases]:
    """A round of cases of which none is seeded yet."""
    with Ledger(tmp_path / "truth") as ledger:
        yield Cases(Seeder(SMALL, ledger), 3)


def rows(world: Cases, record: str) -> list[Mapping[str, str]]:
    """What was seeded of a record."""
    return [
        line.values
        for (_, name), lines in world.seeder.lines.items()
        if name == record
        for line in lines
    ]


def test_a_donor_is_examined_and_gives_a_sample(world: Cases) -> None:
    donor = world.donor()
    assert {row["kind"]: row["donor_key"] for row in rows(world, "donor_exam")} == {
        "physical": donor,
        "four_month_sample": donor,
    }


def test_a_donation_is_looked_at_for_every_marker_but_those_left_out(world: Cases) -> None:
    number = world.donation(world.donor(), without=("HBsAg",))
    assert {(row["tested_id"], row["marker"]) for row in rows(world, "test_result")} == {
        (number, marker) for marker in law.TERMS if marker != "HBsAg"
    }


def test_a_reactive_result_is_a_finding_by_itself(world: Cases) -> None:
    world.result("P1", "HBsAg", "reactive")
    (line,) = [line for lines in world.seeder.lines.values() for line in lines]
    assert line.findings == ("D07.result",)


def test_a_pool_tells_its_units_and_its_volume(world: Cases) -> None:
    unit = world.unit(world.donation(world.donor()))
    number = world.pool({unit: ""})
    assert rows(world, "pool")[0]["volume_l"] == "1.000"
    assert [(row["pool_number"], row["unit"]) for row in rows(world, "pool_unit")] == [
        (number, unit)
    ]


def test_noon_is_told_with_the_offset_of_its_place() -> None:
    assert noon(100) == "2025-04-11T12:00:00+02:00"
    assert noon(100, "CENTRE-93") == "2025-04-11T05:00:00-05:00"


# --- what the plant's own rows rest on ------------------------------------------------------------


@pytest.mark.parametrize("count", [200, 400, 20_000, 30_000])
def test_every_lot_has_the_donors_that_its_product_wants(count: int) -> None:
    from synthetic.world.reference import donors_min

    sizes = plan(count, 1)
    donation = np.arange(count)
    donor, pool = donor_of(sizes, donation)[0], pool_of(sizes, donation)
    for bulk in range(sizes.pools):
        above = {pool for pool in range(sizes.pools) if bulk in (pool, making.into(sizes, pool))}
        assert len(np.unique(donor[np.isin(pool, list(above))])) >= donors_min(sizes)


def test_examinations_are_recent_enough_for_every_donation() -> None:
    donor, habit = donor_of(SMALL, np.arange(SMALL.donations))
    day, before = (
        day_of(SMALL, np.arange(SMALL.donations)),
        SMALL.draws.below("examined", donor, 80),
    )
    assert (day + before <= 365).all()
    taken = np.array([0, *qualifying.SAMPLES[1:]])[:, None] - before // 2
    age = np.where(taken <= day, day - taken, 999).min(axis=0)
    assert (age[habit != RECOVERED] <= 120).all()  # four months have at least as many days


def test_pools_wait_for_the_hold_and_are_held_no_more() -> None:
    pool = np.arange(SMALL.pools)
    last = day_of(SMALL, pool_starts(SMALL)[1:] - 1)
    now = [row for row in reference.rows("screening_scheme") if not row["valid_to"]]
    hold = max(int(row.get("hold_days", 0)) for row in now)
    assert (pooling.pooled_day(SMALL, pool) - last >= hold).all()


def test_second_keys_are_of_donors_of_source_plasma() -> None:
    everyone = np.arange(SMALL.donors)
    two = everyone[qualifying.has_two(SMALL, everyone)]
    assert len(two) > 0
    assert qualifying.gives_source(SMALL, two).all()
    assert not set(qualifying.other_keys(SMALL, two).to_pylist()) & set(
        people.keys(SMALL, everyone).to_pylist()
    )


def test_a_historians_run_tells_no_phase(written: Path) -> None:
    lines = [json.loads(line) for line in (written / "outcomes.jsonl").read_text().splitlines()]
    mine = {
        line["rule"]
        for line in lines
        if line["subject"] == ["PLANT-01", drying.run(drying.HISTORIAN)]
    }
    assert mine == set(drying.RULES_OF_LOGS)


def test_faults_and_cases_stand_side_by_side(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        lines = faults.seeded(SMALL, ledger)
    assert sum(map(len, lines.values())) > 3_000
