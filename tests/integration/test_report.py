"""A receipt's report says what became of a file, and holds no value of its rows. On a real
PostgreSQL.
"""

import json
from pathlib import Path

from lots.settings import Settings
from tests.builders import admit, donations, write

SECRET = "P-SECRET-DONOR"


def test_a_report_counts_every_rule_and_names_lines_but_no_person(
    lots_settings: Settings, tmp_path: Path
) -> None:
    data = (
        donations(
            {"donor_key": SECRET},
            {"donation_number": "D2", "donor_key": SECRET, "total_protein_g_dl": "5"},
            {"donation_number": " D3", "donor_key": SECRET},
        )
        + b"x\n"
    )
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", data))[0]
    page = (lots_settings.reports / f"{got.receipt:06d}.html").read_text()
    told = json.loads((lots_settings.reports / f"{got.receipt:06d}.json").read_text())
    rules = {r["rule"]: r for r in told["rules"]}
    assert (rules["D04"]["passed"], rules["D04"]["failed"], rules["D04"]["not_applicable"]) == (
        0,
        1,
        2,
    )
    assert rules["D04"]["lines"] == [3]
    assert told["counts"] == got.counts
    assert "The line has 1 fields; expected 7." in page
    assert SECRET not in page + json.dumps(told)
    assert "http" not in page  # readable without a network


def test_a_file_that_was_refused_whole_has_a_report_too(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", b"<b>PAT-1</b>,x\n1,2\n"))[0]
    page = (lots_settings.reports / f"{got.receipt:06d}.html").read_text()
    assert "got 2 columns of another name" in page
    assert "PAT-1" not in page  # what stands where a header should may be a row


def test_a_report_that_cannot_be_written_takes_nothing_back(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lots_settings.home.mkdir(parents=True, exist_ok=True)
    lots_settings.reports.write_text("no folder")
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", donations({})))[0]
    assert (got.status, got.counts["accepted"]) == ("accepted", 1)
    assert got.notices == ("Its report could not be written: Not a directory.",)
