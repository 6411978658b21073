"""A receipt's report says what became of a file, and holds no value of its rows. On a real
PostgreSQL.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from lots.pipeline.report import report
from lots.settings import ROOT, Settings, as_environment
from lots.store.engine import engine
from tests.builders import admit, donations, results, take, write

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
    with engine(settings=lots_settings).connect() as connection:
        whole = report(connection, got.receipt)
    assert told == json.loads(json.dumps(asdict(whole), default=str))
    rules = {r["rule"]: r for r in told["rules"]}
    assert (rules["D04"]["passed"], rules["D04"]["failed"], rules["D04"]["not_applicable"]) == (
        0,
        1,
        2,
    )
    assert rules["D04"]["lines"] == [3]
    assert told["counts"] == got.counts
    assert told["summary"] == ("2 of 4 rows were accepted, 2 were refused; 1 finding opened.")
    wrong = {w["what"]: (w["lines"], w["expected"]) for w in told["wrong"]}
    assert wrong["The line has 1 fields."] == ([5], "7")
    assert wrong["D04 is not met (finding, holds the unit)"] == (
        [3],
        "Total protein is 6.0 to 9.0 g/dL. (6.0 ≤ total_protein_g_dl ≤ 9.0 g/dL)",
    )
    assert page.index(told["summary"]) < page.index("What is wrong") < page.index("<details>")
    assert page.count("<details>") == 2, "what is met is folded away, and the full table"
    assert "The line has 1 fields." in page
    assert f"{got.receipt} (a line of it is named {got.receipt}:LINE in every command)" in page
    assert SECRET not in page + json.dumps(told)
    assert "http" not in page  # readable without a network


def test_a_file_that_was_refused_whole_has_a_report_too(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", b"<b>PAT-1</b>,x\n1,2\n"))[0]
    page = (lots_settings.reports / f"{got.receipt:06d}.html").read_text()
    assert "got 2 columns of another name" in page
    assert "Nothing of this file was accepted: it was refused whole." in page
    assert "PAT-1" not in page  # what stands where a header should may be a row


def test_a_report_that_cannot_be_written_takes_nothing_back(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lots_settings.home.mkdir(parents=True, exist_ok=True)
    lots_settings.reports.write_text("no folder")
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", donations({})))[0]
    assert (got.status, got.counts["accepted"]) == ("accepted", 1)
    assert got.notices == ("Its report could not be written: Not a directory.",)


def test_a_report_on_what_is_well_says_so_in_one_sentence(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", donations({})))[0]
    page = (lots_settings.reports / f"{got.receipt:06d}.html").read_text()
    assert "All 1 rows were accepted; no finding opened." in page
    assert "Nothing is wrong with it." in page


def test_a_report_says_that_rows_contradict_what_stands(
    lots_settings: Settings, tmp_path: Path
) -> None:
    rows = donations({}, {"donor_key": SECRET})
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", rows))[0]
    told = json.loads((lots_settings.reports / f"{got.receipt:06d}.json").read_text())
    contests = "Rows contradict what stands already of their keys"
    assert [(w["what"], w["rows"]) for w in told["wrong"]] == [(contests, 1)]


def test_another_host_writes_the_same_reports_to_the_byte(
    lots_settings: Settings, tmp_path: Path
) -> None:
    # What is sound, out of limits, refused by its line or whole, known already and contested since.
    files = {
        "donation-1.csv": donations({}, {"donation_number": "D2", "total_protein_g_dl": "5"})
        + b"x\n",
        "donation-2.csv": donations({}, {"donation_number": "D2", "donor_key": SECRET}),
        "donation-3.csv": b"<b>PAT-1</b>,x\n1,2\n",
        "test_result-1.csv": results({"interpretation": "reactive"}, {"run": "", "sample": "é"}),
    }
    take(lots_settings, *(write(tmp_path / "sent", name, data) for name, data in files.items()))
    other = replace(lots_settings, home=tmp_path / "other")
    command = (sys.executable, "-W", "ignore", "-m", "lots.command.cli", "report", "--all")
    # Of another place and language, as hosts are.
    place = {"TZ": "Asia/Tokyo", "PGTZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    environ = {**os.environ, **as_environment(other), **place}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"4 reports are in {other.reports}.\n", "")
    assert written(other) == written(lots_settings)
    assert len(written(other)) == 2 * len(files)


def written(settings: Settings) -> dict[str, bytes]:
    """The reports that lie on a host."""
    return {path.name: path.read_bytes() for path in settings.reports.iterdir()}
