"""Whole runs of DAGs on a real database: what ends well, what fails, and with which sentence.

One process runs them all, one after the other: to start one takes longer than they do.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from lots.settings import Settings
from tests import builders

# Different bytes each, of no record: else the second file would be the first one.
BROKEN = b"neither,a,record\n1,%d\n"
NAMED = (
    "1 of 3 files were not received:\nunreadable.csv: unreadable.csv is a link; expected a file, and"
    " nothing"
)


CALLED = "SELECT rendered_map_index FROM task_instance WHERE rendered_map_index IS NOT NULL"
Run = dict[str, str]


@dataclass(frozen=True)
class Ended:
    """How each run ended, and what was left behind."""

    nowhere: Run
    elsewhere: Run
    screening: Run
    intake: Run
    linking: Run
    again: Run
    unreadable: Run
    written: list[Path]
    received: dict[str, str]  # by file: of which record it is, or none
    called: set[str]  # what tasks are called on Airflow's pages


@pytest.fixture(scope="module")
def ended(
    runs: Callable[..., Any], airflow_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Ended:
    """No landing folder; three, one after the other; and one that only a run's conf names. Under no
    mask.
    """
    folder = tmp_path_factory.mktemp("places")
    builders.write(folder / "one" / "C1", "broken.csv", BROKEN % 1)
    party = b"party_id,kind,name\nX,clinic,X\n"
    builders.write(folder / "elsewhere" / "C1", "party-1.csv", party)
    rows = builders.donations({}, {"donation_number": ""})
    builders.write(folder / "two" / "C1", "donation-1.csv", rows)
    builders.write(folder / "two" / "C1", "broken-2.csv", BROKEN % 2)
    place = folder / "three" / "C1"
    builders.write(place, "broken-3.csv", BROKEN % 3)
    (place / "unreadable.csv").symlink_to("/etc/hostname")
    (place / os.fsdecode(b"caf\xe9.csv")).write_bytes(BROKEN % 4)
    asked = (
        *("pooling=", f"landing={folder / 'one'}", f"intake={folder / 'elsewhere'}"),
        *(f"landing={folder / 'two'}", "donor_screening=", "intake=", "linking="),
        *("donor_screening=", f"landing={folder / 'three'}", "intake="),
    )
    before = os.umask(0)
    try:
        nowhere, elsewhere, screening, intake, linking, again, unreadable = runs(*asked)
    finally:
        os.umask(before)
    home = airflow_settings.home / "airflow"
    tables = replace(airflow_settings, database_url=airflow_settings.airflow_url)
    found = builders.rows(airflow_settings, "SELECT file_name, record FROM receiving.receipt")
    return Ended(
        nowhere,
        elsewhere,
        screening,
        intake,
        linking,
        again,
        unreadable,
        [home, *home.rglob("*")],
        {str(name): str(record or "none") for name, record in found},
        {str(name) for (name,) in builders.rows(tables, CALLED, "lots_owner")},
    )


def test_bad_data_are_a_result_and_linking_follows(ended: Ended) -> None:
    assert (ended.screening["state"], ended.screening["told"]) == ("success", "1 file")
    assert (ended.intake["state"], ended.intake["told"]) == ("success", "1 file")
    assert ended.linking["told"] == "3 ledger entries were linked"
    assert (ended.received["donation-1.csv"], ended.received["broken-2.csv"]) == (
        "donation",
        "none",
    )
    told = (ended.again["state"], ended.again["told"])
    assert told == ("success", "nothing new; all was received before")


def test_a_file_that_is_not_received_fails_the_leaf_which_names_it(ended: Ended) -> None:
    assert ended.unreadable["state"] == "failed"
    assert ended.unreadable["sentence"].startswith(NAMED)
    assert ended.received["broken-3.csv"] == "none"
    assert len(ended.received) == 5, "the one whose name is no text is received too"


def test_a_task_is_called_by_its_first_file_and_how_many_it_takes(ended: Ended) -> None:
    assert {
        "landing:C1/donation-1.csv, 1 in all",
        "landing:C1/broken-3.csv, 3 in all",
    } <= ended.called


def test_a_run_receives_from_no_other_place(ended: Ended) -> None:
    assert (ended.elsewhere["state"], ended.elsewhere["told"]) == ("success", "1 file")
    assert "broken.csv" in ended.received
    assert "party-1.csv" not in ended.received


def test_what_a_run_writes_is_its_owner_s_alone(ended: Ended) -> None:
    assert [path for path in ended.written if path.stat().st_mode & 0o077] == []
    assert len(ended.written) > 1


def test_a_landing_place_that_is_not_there_fails_the_run(ended: Ended) -> None:
    assert ended.nowhere["state"] == "failed"
    assert (
        ended.nowhere["sentence"] == "The landing folder could not be listed; nothing was received."
    )
