"""Where PostgreSQL holds another value than Python read, or on another line, nothing is accepted."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.errors import GateClosed
from lots.formats.profile import Profile
from lots.formats.recognise import open_batch
from lots.pipeline import keep
from lots.pipeline.concurrent_reading import ConcurrentReading
from lots.pipeline.judge import compare_values, judge
from lots.pipeline.receive import receive
from lots.pipeline.stage import stage
from lots.records import records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from tests.builders import DONATION, NOW, admit, donations, rows, table, write
from tests.profiles import put

GIVEN = donations(
    {"collected_ml": "690.5", "donor_weight_kg": "70", "total_protein_g_dl": "7.1"},
    {
        "donation_number": "D2",
        "donor_key": "P2",
        "collected_ml": "825",
        "collected_at": "2026-01-06T10:00:00.5+01:00",
    },
    {"donation_number": "D3", "donor_key": "é", "centre": "C2", "collected_ml": "0"},
    {"donation_number": "D4", "donor_key": "P4", "collected_at": "2026-01-06T09:00:00.5Z"},
)
CHANGES = {  # what becomes of the staged texts, and in which columns that is seen
    "an encoding": (
        "donor_key = convert_from(convert_to(donor_key, 'UTF8'), 'LATIN1')",
        "donor_key",
    ),
    "a letter": ("centre = 'C2' WHERE donation_number = 'D1'", "centre"),
    "a number's last digit": (
        "collected_ml = '690.501' WHERE donation_number = 'D1'",
        "collected_ml",
    ),
    "a rounded number": ("collected_ml = round(collected_ml::numeric)::text", "collected_ml"),
    "an empty field for a 0": ("collected_ml = NULL WHERE donation_number = 'D3'", "collected_ml"),
    "an hour": (
        "collected_at = replace(collected_at, 'T10', 'T11') WHERE donation_number = 'D1'",
        "collected_at",
    ),
    "a microsecond": (
        "collected_at = '2026-01-06T10:00:00.500001+01:00' WHERE donation_number = 'D2'",
        "collected_at",
    ),
    "the same instant at another offset": (
        "collected_at = '2026-01-05T09:00:00Z' WHERE donation_number = 'D1'",
        "collected_at",
    ),
    "another word": ("plasma_kind = 'recovered' WHERE donation_number = 'D4'", "plasma_kind"),
    "one row's value for another's, and the other way": (
        (
            "donor_key = CASE donation_number WHEN 'D1' THEN 'P2' WHEN 'D2' THEN 'P1' ELSE"
            " donor_key END"
        ),
        "donor_key",
    ),
    "a line": (
        "line = line + 1",
        (
            "centre, collected_at, collected_ml, donation_number, donor_key, donor_weight_kg, "
            "plasma_kind, scheme, total_protein_g_dl"
        ),
    ),
}


BESIDE = {  # likewise of what stands beside the values
    "what was sent": ("sent = replace(sent, '105', '106')", "sent"),
    "what was sent, of one row": ("sent = NULL WHERE donation_number = 'D1'", "sent"),
    "what was sent of a GTIN": (
        'sent = \'{"gtin": {"text": "1"}}\' WHERE donation_number = \'D2\'',
        "sent",
    ),
    "an extra column": ("extra = replace(extra, 'ß', 's')", "extra"),
    "a row's extra columns for another's": (
        "extra = CASE donation_number WHEN 'D1' THEN '{\"mood\": \"\"}' ELSE extra END",
        "extra",
    ),
}
# as names and as values: all that JSON may escape, and orders that a database has of its own
STRANGE = [
    "a",
    "b",
    "aa",
    "Z",
    "é",
    "ß!",
    "血漿",
    "\U0001fa78",
    "\u2028",
    "\x7f",
    "\x01\x1f",
    "\\",
    '"',
    "\t\n\r\b\f",
    "/",
    "",
    "\u00a0",
    "e\u0301",
    "null",
    "donor_key ",
]


def receive_changed(settings: Settings, place: str, change: str) -> None:
    """Receive a donations' file whose staged texts are changed before they are judged."""

    def step(name: str) -> None:
        if name == "judge":
            with engine(settings=settings).begin() as connection:
                connection.execute(sa.text(f"UPDATE receiving.staged_1 SET {change}"))

    receive(place, settings, by="tester", now=NOW, sender="C1", step=step)


@pytest.mark.parametrize(("change", "columns"), CHANGES.values(), ids=CHANGES)
def test_another_value_closes_the_gate(
    lots_settings: Settings, tmp_path: Path, change: str, columns: str
) -> None:
    place = write(tmp_path, "donation-1.csv", GIVEN)
    with pytest.raises(GateClosed) as closed:
        receive_changed(lots_settings, place, change)
    assert str(closed.value).startswith(
        f"Python and PostgreSQL read different values in {columns} of the same bytes; "
        "nothing is accepted."
    )
    assert rows(lots_settings, "SELECT count(*) FROM accepted.donation") == [(0,)]
    assert admit(lots_settings, place)[0].counts["accepted"] == 4


@pytest.mark.parametrize(("change", "column"), BESIDE.values(), ids=BESIDE)
def test_another_text_beside_the_values_closes_the_gate(
    lots_settings: Settings, tmp_path: Path, change: str, column: str
) -> None:
    in_pounds(lots_settings)
    place = write(
        tmp_path,
        "donation-1.csv",
        donations(
            {"donor_weight_kg": "105", "mood": "süß"}, {"donation_number": "D2", "mood": "ß"}
        ),
    )
    with pytest.raises(GateClosed, match=f"different values in {column} of"):
        receive_changed(lots_settings, place, change)
    assert admit(lots_settings, place)[0].counts["accepted"] == 2


def in_pounds(settings: Settings) -> None:
    """The sender weighs in pounds."""
    put(settings, "C1", 'units = { donor_weight_kg = "lb" }\n')


def test_whatever_stands_beside_the_values_is_one_text_for_both(
    lots_settings: Settings, tmp_path: Path
) -> None:
    in_pounds(lots_settings)
    lines = [
        json.dumps(
            {
                **DONATION,
                "donation_number": f"D{n}",
                "donor_weight_kg": 105,
                "collected_ml": odd,
                odd: odd,
                odd * 2: "x",
            }
        )
        for n, odd in enumerate(STRANGE)
    ]
    got = admit(
        lots_settings, write(tmp_path, "donation-1.jsonl", "\n".join([*lines, ""]).encode())
    )[0]
    assert (got.status, got.counts["accepted"]) == ("accepted", len(STRANGE)), got.sentence
    assert rows(
        lots_settings, "SELECT DISTINCT sent -> 'donor_weight_kg' ->> 'text' FROM accepted.donation"
    ) == [("105",)]
    kept = rows(lots_settings, "SELECT undeclared FROM accepted.donation ORDER BY line")
    assert [said[odd] for (said,), odd in zip(kept, STRANGE, strict=True) if odd] == [  # type: ignore[index]
        odd for odd in STRANGE if odd
    ]


def test_a_gtin_that_is_filled_up_is_told_alike(lots_settings: Settings, tmp_path: Path) -> None:
    usual = {
        "gtin": "4006381333931",
        "new_gtin": "09506000134352",
        "serial": "1",
        "new_serial": "2",
        "party": "A",
        "relabelled_at": "2026-01-06T10:00:00Z",
    }
    sent = [
        {},
        {"gtin": "96385074", "serial": "2"},
        {"new_gtin": "4006381333931", "serial": "3"},
        {"gtin": "09506000134352", "serial": "4"},
        {"gtin": "4006381333932", "new_gtin": "96385074", "serial": "5"},
    ]
    settings = lots_settings
    got = admit(settings, write(tmp_path, "relabelling-1.csv", table(usual, sent)))[0]
    assert got.status == "accepted", got.sentence
    assert rows(
        settings,
        "SELECT sent -> 'gtin' ->> 'text', sent -> 'new_gtin' ->> 'text' "
        "FROM accepted.relabelling ORDER BY line",
    ) == [
        ("4006381333931", None),
        ("96385074", None),
        ("4006381333931", "4006381333931"),
        (None, None),
    ]


def test_a_later_line_of_json_may_tell_a_column_by_its_other_name(
    lots_settings: Settings, tmp_path: Path
) -> None:
    put(lots_settings, "C1", '[columns]\nGewicht = "donor_weight_kg"\n')
    more = [{}, {"Gewicht": 70}, {"donor_weight_kg": 71}, {"Gewicht": 72, "donor_weight_kg": 73}]
    lines = [
        json.dumps({**DONATION, "donation_number": f"D{n}", **told}) for n, told in enumerate(more)
    ]
    got = admit(
        lots_settings, write(tmp_path, "donation-1.jsonl", "\n".join([*lines, ""]).encode())
    )[0]
    assert (got.counts["accepted"], got.counts["refused"], got.notices) == (3, 1, ())
    assert rows(
        lots_settings, "SELECT donor_weight_kg::text FROM accepted.donation ORDER BY line"
    ) == [(None,), ("70.000",), ("71.000",)]
    assert rows(lots_settings, "SELECT reasons FROM receiving.refused") == [
        (["The line tells donor_weight_kg twice, under two names."],)
    ]


def test_a_day_and_a_count_are_held_against_each_other(
    lots_settings: Settings, tmp_path: Path
) -> None:
    usual = {"site": "S1", "administration": "A1", "item": "1", "vials": "0", "lot_number": "L"}
    place = write(
        tmp_path, "administration_vial-1.csv", table(usual, [{}, {"item": "2", "vials": "3"}])
    )
    with pytest.raises(GateClosed, match="different values in vials of"):
        receive_changed(lots_settings, place, "vials = '4' WHERE item = '2'")


def test_a_session_in_another_encoding_closes_the_gate(
    lots_settings: Settings, tmp_path: Path
) -> None:
    usual = {"party_id": "A", "kind": "clinic", "name": "Straße"}
    kept = keep.keep(write(tmp_path, "party-1.csv", table(usual, [{}])), lots_settings)
    with engine(settings=lots_settings).connect() as connection:
        with connection.begin():
            receipt = receipts.book(
                connection, kept.sha256, kept.size, kept.file_name, "C1", "tester", NOW
            )
        connection.exec_driver_sql("SET client_encoding = 'LATIN1'")
        connection.commit()
        with ConcurrentReading(receipt, Profile(), lots_settings, records()) as python:
            with connection.begin(), keep.open_kept(receipt.sha256, lots_settings) as stream:
                found = open_batch(stream, kept.size, kept.file_name, records(), Profile())
                staged = stage(connection, receipt, found, Profile())
            with pytest.raises(GateClosed, match="different values in name of"), connection.begin():
                judge(connection, receipt, staged, python, lots_settings)
        connection.invalidate()


def test_a_file_without_rows_has_no_values_that_differ(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", donations()))[0]
    assert (got.status, got.counts["rows"]) == ("accepted", 0)


def test_a_column_that_only_one_of_them_has_closes_the_gate() -> None:
    compare_values({"a": 1, "b": 0}, {"a": 1, "b": 0})
    with pytest.raises(GateClosed, match="different values in b of"):
        compare_values({"a": 1}, {"a": 1, "b": 0})
