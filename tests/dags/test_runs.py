"""Whole runs of DAGs on a real database: what ends well, what fails, and with which sentence."""

import os
from pathlib import Path

from lots.pipeline.lists import listed
from lots.settings import Settings
from tests import builders
from tests.dags.conftest import Started


def test_bad_data_are_a_result_and_linking_follows(
    runs: Started, airflow_settings: Settings
) -> None:
    landing = Path(airflow_settings.landing_url)
    builders.write(
        landing / "C1", "donation-1.csv", builders.donations({}, {"donation_number": ""})
    )
    builders.write(landing / "C1", "broken.csv", b"neither,a,record\n1,2\n")
    screening, intake, linking, again = runs(
        "donor_screening=", "intake=", "linking=", "donor_screening="
    )
    assert (screening["state"], screening["told"]) == ("success", "1 file")
    assert (intake["state"], intake["told"]) == ("success", "1 file")
    assert linking["told"] == "2 ledger entries were linked"
    records = {row.record for row in listed(airflow_settings, "receipts").rows}
    assert records == {"donation", "refused whole"}
    assert (again["state"], again["told"]) == ("success", "nothing new; all was received before")


def test_a_file_that_is_not_received_fails_the_leaf_which_names_it(
    runs: Started, airflow_settings: Settings
) -> None:
    place = Path(airflow_settings.landing_url) / "C1"
    builders.write(place, "broken.csv", b"neither,a,record\n1,2\n")
    (place / "unreadable.csv").symlink_to("/etc/hostname")
    (place / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"neither,a,record\n")
    (ended,) = runs("intake=")
    assert ended["state"] == "failed"
    named = (
        "1 of 3 files were not received: unreadable.csv (unreadable.csv is a link; expected a file,"
        " and nothing"
    )
    assert ended["sentence"].startswith(named)
    assert [(row.record, row.files) for row in listed(airflow_settings, "receipts").rows] == [
        ("refused whole", 2)
    ]


def test_a_run_receives_from_no_other_place_and_writes_for_its_owner_alone(
    runs: Started, airflow_settings: Settings, tmp_path: Path
) -> None:
    builders.write(
        Path(airflow_settings.landing_url) / "C1", "broken.csv", b"neither,a,record\n1,2\n"
    )
    builders.write(
        tmp_path / "elsewhere" / "C1", "party-1.csv", b"party_id,kind,name\nX,clinic,X\n"
    )
    before = os.umask(0)
    try:
        (ended,) = runs(f"intake={tmp_path / 'elsewhere'}")
    finally:
        os.umask(before)
    assert (ended["state"], ended["told"]) == ("success", "1 file")
    assert [(row.record, row.files) for row in listed(airflow_settings, "receipts").rows] == [
        ("refused whole", 1)
    ]
    written = [airflow_settings.home / "airflow", *(airflow_settings.home / "airflow").rglob("*")]
    assert [path for path in written if path.stat().st_mode & 0o077] == []
    assert len(written) > 1


def test_a_landing_place_that_is_not_there_fails_the_run(runs: Started) -> None:
    (ended,) = runs("pooling=")
    assert ended["state"] == "failed"
    assert ended["sentence"] == "The landing folder could not be listed; nothing was received."
