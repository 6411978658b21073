"""The same plant told three times: by its writer, by a plain walk over its files, and by the
database.

Files arrive in any order, twice, and one of them late; nothing of that may show in what is known at
the end.
"""

import random
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

import synthetic
from lots.answers import Between, Implicated, LotName, Reason
from lots.settings import Settings
from lots.store.answers.counting import FIGURES
from tests.acceptance import open_ends, verdicts
from tests.acceptance.accounts import Account, differences, of_truth, of_walk
from tests.acceptance.runs import START, Run, delivered, parts_that_differ, run
from tests.walk import walk as walking
from tests.walk.balance import accounts
from tests.walk.counts import figures
from tests.walk.held import held
from tests.walk.rules import RULES
from tests.walk.world import Outcomes, World

# Donations, seed, and the orders of arrival: whether orders end alike, one plant shows for both.
PLANTS = ((300, 1, (11, 12)), (500, 3, (31,)))
ASKED, ASKED_AGAIN = 20, 5  # donations, of the first order and of another


@dataclass(frozen=True)
class Told:
    """A plant's accounts: one truth, one walk, and a run of the pipeline for each order."""

    truth: Account
    outcomes: Outcomes
    tallies: verdicts.Tallies
    heard: set[tuple[object, ...]]
    walked: walking.Walk
    judged: Outcomes
    walk: Account
    runs: list[Run]


@pytest.fixture(
    scope="module", params=PLANTS, ids=lambda plant: f"{plant[0]}-donations-seed-{plant[1]}"
)
def told(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    workers: ProcessPoolExecutor,
    fresh_site: Callable[[Path], Settings],
) -> Told:
    """A plant written, received in several orders, and walked."""
    donations, seed, orders = request.param
    folder = tmp_path_factory.mktemp("told")
    out = folder / "plant"
    synthetic.write(donations, seed, out)
    walked = walking.walk(out / "landing", out / "profiles", START)
    asked = random.Random(seed).sample(walking.donations_of_units(walked), ASKED)
    places = delivered(out, folder / "delivered")
    tasks = [
        workers.submit(run, fresh_site(out / "profiles"), places, order, asked[:most])
        for order, most in zip(orders, (ASKED, ASKED_AGAIN), strict=False)
    ]
    return Told(
        of_truth(out),
        verdicts.of_truth(out),
        verdicts.tallies_of_truth(out),
        verdicts.heard_of_truth(out),
        walked,
        verdicts.of_walk(walked),
        of_walk(walked),
        [task.result() for task in tasks],
    )


def test_the_plant_holds_every_kind_of_fault(told: Told) -> None:
    assert [name for name in Account.__dataclass_fields__ if not getattr(told.truth, name)] == []


def test_the_walk_finds_what_the_plant_says(told: Told) -> None:
    assert differences(told.truth, told.walk) == {}


def test_the_database_holds_what_the_walk_finds(told: Told) -> None:
    assert [differences(told.walk, done.account) for done in told.runs] == [{}] * len(told.runs)


def test_the_database_holds_what_the_plant_says(told: Told) -> None:
    assert [differences(told.truth, done.account) for done in told.runs] == [{}] * len(told.runs)


def test_the_database_keeps_the_open_ends_that_the_walk_finds(told: Told) -> None:
    walked = open_ends.of_walk(told.walked.accepted)
    for done in told.runs:
        assert (walked - done.ends, done.ends - walked) == (set(), set())


def test_every_rule_across_records_is_judged(told: Told) -> None:
    assert [rule for rule in RULES if not told.judged[rule]] == []


def test_the_walk_answers_what_the_plant_says(told: Told) -> None:
    assert not verdicts.differing(verdicts.told(told.judged), told.outcomes)
    assert not verdicts.counted_otherwise(verdicts.tallies(told.judged), told.tallies)


def test_the_database_answers_what_the_plant_and_the_walk_say(told: Told) -> None:
    for done in told.runs:
        assert not verdicts.differing(done.outcomes, told.outcomes)
        assert not verdicts.counted_otherwise(done.tallies, told.tallies)


def test_the_balance_of_every_lot_is_what_the_walk_finds(told: Told) -> None:
    walked = accounts(told.walked.accepted)
    # Lots of which every vial is explained, and some of which it is not.
    assert {one[0] == (0, 0) for one in walked.values() if one[0]} == {True, False}
    for done in told.runs:
        assert {n: done.balances.get(LotName(*n)) for n in walked} == walked
        assert {*map(tuple, done.balances)} <= walked.keys()


def test_what_is_held_is_what_the_walk_finds(told: Told) -> None:
    world = World(told.walked.accepted)
    for done in told.runs:
        holding, things = done.held
        assert {h for _, _, h in holding} == {"unit", "lot", "case"}
        assert things ^ held(world, iter(holding)) == set()


def test_every_sender_is_heard_as_far_as_the_plant_says(told: Told) -> None:
    for done in told.runs:
        assert {
            (
                h.sender,
                h.last_sequence,
                h.missing_sequences,
                h.announced,
                h.not_arrived,
                h.counts_differ,
            )
            for h in done.heard
        } == told.heard


def test_a_file_delivered_again_changes_nothing(told: Told) -> None:
    assert [(done.statuses, done.again) for done in told.runs] == [({"accepted"}, {True})] * len(
        told.runs
    )


def test_the_walk_hashes_every_accepted_row_as_the_database(told: Told) -> None:
    walked = walking.contents(told.walked)
    assert sum(map(len, walked.values())) == sum(walking.counts(told.walked).values())
    digests = {
        record: sha256("".join(f"{each}\n" for each in hashes).encode()).hexdigest()
        for record, hashes in walked.items()
    }
    for done in told.runs:
        assert [record for record in digests if done.state[record] != digests[record]] == []


def test_every_order_of_arrival_ends_in_one_state(told: Told) -> None:
    first, *others = told.runs
    assert [parts_that_differ(first.state, other.state) for other in others] == [[]] * len(others)


def test_what_is_derived_anew_is_what_was_derived_on_the_way(told: Told) -> None:
    assert [parts_that_differ(done.state, done.rebuilt) for done in told.runs] == [[]] * len(
        told.runs
    )


def test_every_order_gives_the_same_certificates(told: Told) -> None:
    first, *others = told.runs
    for other in others:
        assert len(other.answers) == ASKED_AGAIN
        for number, answer in other.answers.items():
            assert placed(answer) == placed(first.answers[number]), number


def placed(answer: Implicated) -> set[Reason]:
    """The reasons of an answer, their rows by file: receipts are numbered in the order of arrival."""
    return {
        replace(reason, where=tuple(re.sub(r"^\d+:", "", where) for where in reason.where))
        for reason in answer.certificate.reasons
    }


def vials_of(answer: Implicated) -> list[tuple[str, Between]]:
    """The figures of an answer by name."""
    return [(name, getattr(answer.vials, name)) for name in FIGURES]


def test_implicated_lots_vials_and_patients_are_those_of_the_walk(told: Told) -> None:
    answers = told.runs[0].answers
    assert any(walking.implicated(told.walked, number) for number in answers), (
        "none of them went anywhere"
    )
    for number, answer in answers.items():
        nodes = walking.implicated(told.walked, number)
        patients = walking.patients(told.walked, nodes)
        assert {(node.maker, node.number, node.step) for node in answer.nodes} == nodes, number
        counts = {name: (b.least, b.most) for name, b in vials_of(answer)}
        assert counts == figures(told.walked.accepted, nodes), number
        counted = (answer.patients.given, answer.patients.not_given, answer.patients.dispensed_only)
        assert counted == tuple(map(len, patients)), number
