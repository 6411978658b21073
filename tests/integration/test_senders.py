"""Whose a file is: as told, else its folder; nothing accepted changes hands, and what was not
accepted is read anew.
"""

from pathlib import Path

import pytest

from lots.answers import Received
from lots.command import terminal
from lots.pipeline.receive_all import receive_all
from lots.settings import Settings
from tests.builders import NOW, donations, rows, take, write
from tests.profiles import put

LOG = b"""Run started: 10/24/2026 10:00:00 PM

Product Name: X

CycleTime,Phase,Step,VacSetPT,VacPirani,VacCPM,ShelfSetPT,ShelfInlet,Condenser,TP1,TP2
10:00:00,4,1,80,80,78,-20,-20.1,-70,-35.0,-34.0
10:10:00,4,1,80,80,78,-20,-20.1,-70,-35.0,-34.0
"""
BAD = '[units]\ncm_mtorr = "furlong"\n'


def by_folder(settings: Settings, place: str) -> Received:
    return receive_all([place], settings, by="tester", now=lambda: NOW)[0]


def test_what_was_accepted_as_one_senders_is_not_moved_to_another(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = write(tmp_path / "Downloads", "C-77.csv", LOG)
    assert by_folder(lots_settings, place).sender == "Downloads"
    got = take(lots_settings, place, sender="PLANT-01")[0]
    assert (got.status, got.wrong) == ("not taken", True)
    assert (
        got.sentence
        == "C-77.csv is receipt 1 of Downloads, not of PLANT-01: 2 rows of it were accepted as that"
        " one's, stay so, and count in every answer that they reach; no verb moves or erases"
        " them. For PLANT-01 to have these rows too, give them under this file's name in other"
        " bytes (a text: one more empty line at its end) with --sender PLANT-01; then close what"
        " receipt 1 opened (lots findings, lots contested, lots resolve), and tell those who"
        " were answered since."
    )
    assert rows(lots_settings, "SELECT sender FROM receiving.arrival") == [("Downloads",)]
    again = by_folder(lots_settings, write(tmp_path / "PLANT-01", "C-77.csv", LOG))
    assert (again.again, again.sentence) == (
        True,
        (
            "It is receipt 1 of Downloads, not of PLANT-01; what can be done is told with --sender"
            " PLANT-01."
        ),
    )
    assert by_folder(lots_settings, place).sentence == "It is receipt 1 of Downloads."


def test_what_the_sentence_says_can_be_done_can_be_done(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(lots_settings, write(tmp_path / "Downloads", "C-77.csv", LOG), sender="Downloads")
    got = take(
        lots_settings, write(tmp_path / "PLANT-01", "C-77.csv", LOG + b"\n"), sender="PLANT-01"
    )[0]
    assert (got.status, got.sender, got.counts["accepted"]) == ("accepted", "PLANT-01", 2)
    assert rows(
        lots_settings,
        "SELECT plant, count(*) FROM accepted.lyophilisation_reading GROUP BY 1 ORDER BY 1",
    ) == [("Downloads", 2), ("PLANT-01", 2)]


def test_a_bad_profile_of_one_sender_is_not_used_for_another(
    lots_settings: Settings, tmp_path: Path
) -> None:
    put(lots_settings, "BAD", BAD)
    place = write(tmp_path / "BAD", "C-77.csv", LOG)
    assert by_folder(lots_settings, place).status == "not taken"
    got = take(lots_settings, place, sender="PLANT-01")[0]
    assert (got.status, got.sender, got.counts["accepted"]) == ("accepted", "PLANT-01", 2)
    assert rows(lots_settings, "SELECT DISTINCT plant FROM accepted.lyophilisation_reading") == [
        ("PLANT-01",)
    ]


def test_a_mended_profile_is_used_though_every_row_was_refused(
    lots_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write(
        tmp_path,
        "donation-1.csv",
        donations({"donation_number": " D1"}, {"donation_number": " D2"}),
    )
    first = take(lots_settings, place)[0]
    assert (first.status, first.counts["refused"]) == ("all_refused", 2)
    terminal.show([first])
    assert "all refused" in capsys.readouterr().out
    assert take(lots_settings, place)[0].status == "all_refused"
    # Each reading is an entry: its refused rows are put aside anew.
    entries = "SELECT count(*) FROM receiving.conclusion JOIN ledger.entry USING (act)"
    assert rows(lots_settings, entries) == [(2,)]
    put(lots_settings, "C1", "trim = true\n")
    got = take(lots_settings, place)[0]
    assert (got.status, got.counts["accepted"], got.counts["refused"]) == ("accepted", 2, 0)
    assert rows(lots_settings, "SELECT count(*) FROM receiving.refused") == [(0,)]
    assert rows(lots_settings, entries) == [(3,)]


def test_what_was_accepted_is_never_forgotten(lots_settings: Settings, tmp_path: Path) -> None:
    take(lots_settings, write(tmp_path, "donation-1.csv", donations({}, {"donation_number": ""})))
    rows(lots_settings, "SELECT receiving.forget_refused(1)", "lots_pipeline")
    assert rows(lots_settings, "SELECT count(*) FROM receiving.refused") == [(1,)]


@pytest.mark.parametrize("sender", ["../C1", "a/b", "a\nb", "\x1b[31m"])
def test_a_sender_is_no_path(lots_settings: Settings, tmp_path: Path, sender: str) -> None:
    got = take(lots_settings, write(tmp_path, "donation-1.csv", donations({})), sender=sender)[0]
    assert got.status == "not taken"
    assert got.sentence.endswith("expected a party id, without '/' or control characters.")
    assert rows(lots_settings, "SELECT count(*) FROM receiving.receipt") == [(0,)]
