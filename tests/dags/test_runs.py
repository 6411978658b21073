"""Whole runs of DAGs on a real database: what ends well, what fails, and with which sentence."""

from pathlib import Path

from lots.pipeline.lists import listed
from lots.settings import Settings
from tests import builders
from tests.dags.conftest import Started

UNREADABLE = Path("/proc/self/mem")  # reading it fails, for root too


def test_bad_data_are_a_result_and_linking_follows(runs: Started, airflow_settings: Settings) -> None:
    landing = Path(airflow_settings.landing_url)
    builders.write(landing / "C1", "donation-1.csv", builders.donations({}, {"donation_number": ""}))
    builders.write(landing / "C1", "broken.csv", b"neither,a,record\n1,2\n")
    screening, intake, linking = runs("donor_screening=", "intake=", "linking=")
    assert (screening["state"], screening["told"]) == ("success", "1 file")
    assert (intake["state"], intake["told"]) == ("success", "1 file")
    assert linking["told"] == "2 ledger entries were linked"
    records = {row[0]: row for row in listed(airflow_settings, "receipts").rows}
    assert set(records) == {"donation", "refused whole"}


def test_the_second_run_finds_nothing_new(runs: Started, airflow_settings: Settings) -> None:
    builders.write(Path(airflow_settings.landing_url) / "C1", "donation-1.csv", builders.donations({}))
    first, second = runs("donor_screening=", "donor_screening=")
    assert [first["state"], second["state"]] == ["success", "success"]
    assert second["told"] == "nothing new; all was received before"


def test_a_file_that_is_not_received_fails_the_leaf_which_names_it(
    runs: Started, airflow_settings: Settings, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere" / "C1"
    builders.write(place, "broken.csv", b"neither,a,record\n1,2\n")
    (place / "unreadable.csv").symlink_to(UNREADABLE)
    (ended,) = runs(f"intake={place.parent}")
    assert ended["state"] == "failed"
    named = "1 of 2 files were not received: unreadable.csv (unreadable.csv cannot be read or kept: "
    assert ended["sentence"].startswith(named)
    assert [row[0] for row in listed(airflow_settings, "receipts").rows] == ["refused whole"]


def test_a_landing_place_that_is_not_there_fails_the_run(runs: Started) -> None:
    (ended,) = runs("pooling=/nowhere/at/all")
    assert ended["state"] == "failed"
    assert ended["sentence"] == "The landing place could not be listed; nothing was received."
