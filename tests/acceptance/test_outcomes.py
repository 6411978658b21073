"""Rules across records told three times of one plant: by its writer, by a plain walk over its files, by the database.

Each rule has one outcome for each subject. A message names by rule the subjects of which two accounts say something
else: first what the account that is named first says, then the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

import lots.plant
from lots.pipeline.rejudge import rejudge
from lots.settings import Settings
from lots.store.engine import close
from tests.acceptance import verdicts
from tests.acceptance import walk as walking
from tests.acceptance.runs import delivered, run
from tests.acceptance.walk_across import RULES
from tests.acceptance.walk_world import Outcomes

PLANTS = ((400, 7, 1), (500, 8, 2))  # donations, seed, seed of the order of arrival
AFTER_ALL = datetime(2027, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, repr=False)
class Told:
    """A plant's outcomes by its truth, by the walk and by the database."""

    truth: Outcomes
    tallies: verdicts.Tallies
    walk: Outcomes
    database: Outcomes
    database_tallies: verdicts.Tallies


@pytest.fixture(scope="module", params=PLANTS, ids=lambda plant: f"{plant[0]}-donations-seed-{plant[1]}")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory,
         fresh_site: Callable[[Path], Settings]) -> Told:
    """A plant written, walked, and received in some order; at last, all reference that stands is adopted."""
    donations, seed, order = request.param
    folder = tmp_path_factory.mktemp("outcomes")
    out = folder / "plant"
    lots.plant.write(donations, seed, out)
    settings = fresh_site(out / "profiles")
    run(settings, delivered(out, folder / "delivered"), order)
    rejudge(settings, [], now=AFTER_ALL, by="QA-1", reason="all has arrived")
    stored = verdicts.of_database(settings), verdicts.tallies_of_database(settings)
    close(settings)
    walked = verdicts.of_walk(walking.walk(out / "landing", out / "profiles"))
    return Told(verdicts.of_truth(out), verdicts.tallies_of_truth(out), walked, *stored)


def test_every_rule_is_judged(told: Told) -> None:
    assert [rule for rule in RULES if not told.walk[rule]] == []


def test_the_walk_answers_what_the_plant_says(told: Told) -> None:
    found = verdicts.differing(verdicts.told(told.walk), told.truth)
    assert not found, f"walk | truth\n{found}"


def test_the_walk_counts_what_the_plant_says(told: Told) -> None:
    found = verdicts.counted_otherwise(verdicts.tallies(told.walk), told.tallies)
    assert not found, f"walk | truth\n{found}"


def test_the_database_holds_what_the_walk_answers(told: Told) -> None:
    found = verdicts.differing(verdicts.told(told.walk), told.database)
    assert not found, f"walk | database\n{found}"


def test_the_database_counts_what_the_walk_answers(told: Told) -> None:
    found = verdicts.counted_otherwise(verdicts.tallies(told.walk), told.database_tallies)
    assert not found, f"walk | database\n{found}"


def test_the_database_holds_what_the_plant_says(told: Told) -> None:
    found = verdicts.differing(told.database, told.truth)
    assert not found, f"database | truth\n{found}"


def test_the_database_counts_what_the_plant_says(told: Told) -> None:
    found = verdicts.counted_otherwise(told.database_tallies, told.tallies)
    assert not found, f"database | truth\n{found}"
