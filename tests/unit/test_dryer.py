"""Dryer logs: a clock over midnights, sentinels, gaps, and one real run of a real dryer."""

import csv
import io
from collections.abc import Mapping
from itertools import pairwise

import pytest

from lots.errors import FileRefused
from lots.forms.batch import SENT, Batch
from lots.forms.dryer import Elapsed, clock, layout_of
from lots.forms.profile import Profile
from lots.forms.read import batches, staged_columns
from lots.forms.recognise import Opened, opened
from lots.records import records
from lots.settings import ROOT

REAL = ROOT.parent / "shared" / "real" / "lyophilisation" / "mannitol_annealed_2024-06-04.csv"
HEADER = "Run started: 6/4/2024\n\nCycleTime,Phase,VacPirani,TP1,TP2,Unheard\n"
DRYER = Profile(sender="P1")


def recognised(data: bytes, profile: Profile = DRYER) -> Opened:
    """The file as recognised."""
    return opened(io.BytesIO(data), len(data), "cycle7.csv", records(), profile)


def read(text: str, profile: Profile = DRYER) -> tuple[list[dict[str, str]], Batch]:
    """The rows of a log, and the batch that they stand in."""
    found = recognised(text.encode(), profile)
    *_, batch = batches(found, profile, "cycle7.csv")
    return rows_of(found, batch), batch


def rows_of(found: Opened, batch: Batch) -> list[dict[str, str]]:
    """A batch's rows by column."""
    names = ("line", *batch.named(staged_columns(found)))
    return [{n: v for n, v in zip(names, row, strict=True) if n != SENT}
            for row in csv.reader(io.StringIO(batch.numbered().decode()))]


def elapsed(*times: str) -> list[int]:
    """The elapsed seconds of times in their order."""
    since = Elapsed()
    return [since(time) for time in times]


def test_a_clock_counts_from_the_first_line() -> None:
    assert elapsed("10:38:38", "10:39:39", "10:39:39", "11:00:00") == [0, 61, 61, 1282]


def test_a_clock_that_passes_midnight_goes_on_once_a_night() -> None:
    assert elapsed("23:59:30", "00:00:30", "12:00:00", "23:59:59", "00:00:00") == [0, 60, 43230, 86429, 86430]


def test_a_clock_that_goes_back_is_refused_and_the_next_line_counts_on() -> None:
    since = Elapsed()
    assert since("10:00:00") == 0
    with pytest.raises(ValueError, match=r"^09:59:59$"):
        since("09:59:59")
    assert since("10:00:10") == 10


def test_timestamps_count_over_days_whatever_their_offset() -> None:
    assert elapsed("2026-01-05T23:59:00", "2026-01-07T00:00:00") == [0, 86460]
    assert elapsed("2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00") == [0, 60]


@pytest.mark.parametrize("text", ["24:00:00", "10:60:00", "10:00:60", "-1:00:00", "10:00", "noon", "", "١٠:00:00"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        clock(text)


def test_a_log_becomes_readings_of_its_run() -> None:
    rows, batch = read(HEADER + "23:59:30,1,150.5,-40,3,x\n00:00:30,4,140,-41.5,2.9,\n")
    assert [(r["line"], r["plant"], r["cycle"], r["elapsed_s"]) for r in rows] == [
        ("4", "P1", "cycle7", "0"), ("5", "P1", "cycle7", "60")]
    assert [(r["phase"], r["pirani_mtorr"], r["product_1_c"]) for r in rows] == [
        ("1", "150.5", "-40"), ("4", "140", "-41.5")]
    assert [r["extra"] for r in rows] == ['{"Unheard": "x"}', ""]
    assert (batch.rows, batch.lines, batch.broken, batch.notices) == (2, 2, (), ())


@pytest.mark.parametrize("sentinel", ["999.9", "999", "999.0", "-999", "NaN"])
def test_an_unplugged_probe_has_no_reading_and_is_told(sentinel: str) -> None:
    rows, batch = read(f"{HEADER}10:00:00,1,150,-40,{sentinel},x\n10:01:00,1,150,-40,2,x\n")
    assert [r["product_2_c"] for r in rows] == ["", "2"]
    assert batch.notices == (f"L02: no reading of product_2_c ({sentinel}) in 1 of 2 lines; an unplugged probe is not "
                             "a temperature.",)


def test_a_gap_is_told() -> None:
    lines = [f"10:0{n}:00,1,150,-40,3,x\n" for n in (0, 1, 2, 5, 6)]
    assert read(HEADER + "".join(lines))[1].notices == ("L02: no line for 180 s after 120 s; usual is every 60 s.",)


def test_twice_the_usual_interval_is_no_gap() -> None:
    lines = [f"10:0{n}:00,1,150,-40,3,x\n" for n in (0, 1, 2, 4, 5)]
    assert read(HEADER + "".join(lines))[1].notices == ()


def test_a_broken_line_is_kept_with_its_place_and_its_reason() -> None:
    good, back, short = b"10:00:00,1,150,-40,3,x\n", b"09:00:00,1,150,-40,3,x\n", b"10:01:00,1\n"
    rows, batch = read((HEADER.encode() + good + b"\n" + back + short).decode())
    at = len(HEADER) + len(good) + 1
    assert len(rows) == batch.blank == 1
    assert [(b.line, b.offset, b.length, b.raw, b.reason) for b in batch.broken] == [
        (6, at, len(back), back, "The time is '09:00:00'; expected a time that is not before the line above."),
        (7, at + len(back), len(short), short, "The line has 2 fields; expected 6.")]


def test_a_historian_s_tags_come_from_the_profile() -> None:
    profile = Profile(sender="P1", columns={"TI-104": "product_1_c"})
    rows, _ = read("# export\nTime,TI-104\n2026-01-05T23:59:00,-40\n2026-01-06T00:01:00,-39\n", profile)
    assert [(r["elapsed_s"], r["product_1_c"]) for r in rows] == [("0", "-40"), ("120", "-39")]


def test_a_log_without_a_time_is_refused() -> None:
    with pytest.raises(FileRefused) as told:
        layout_of(("TP1", "TP2"), {}, frozenset())
    assert str(told.value) == "The log has no time column; expected CycleTime or a first column of timestamps."


@pytest.mark.skipif(not REAL.is_file(), reason="the real dryer run is not in ../shared/real")
def test_a_real_run() -> None:
    found = recognised(REAL.read_bytes())
    before, run = batches(found, DRYER, REAL.name)
    rows = rows_of(found, run)
    assert (before.lines, run.rows, run.lines, run.broken) == (7, 2_904, 2_904, ())
    times = [int(row["elapsed_s"]) for row in rows]
    assert times[0] == 0
    assert 48 <= times[-1] / 3600 <= 49
    assert all(a < b for a, b in pairwise(times))
    assert not {"999.9", "NaN"} & {value for row in rows for value in row.values()}
    assert silent(rows) == {f"product_{n}_c" for n in (3, 5, 6, 7, 8)}
    assert [n.split(" in ")[0] for n in run.notices] == [
        f"L02: no reading of product_{n}_c (999.9)" for n in (3, 5, 6, 7, 8)]


def silent(rows: list[dict[str, str]]) -> set[str]:
    """Columns in which no row has a value, but for what a controller never sends."""
    values: Mapping[str, set[str]] = {name: {row[name] for row in rows} for name in rows[0]}
    return {name for name, found in values.items() if found == {""}}




def test_a_decimal_comma_of_a_log_is_turned_before_its_sentinels_are_looked_for() -> None:
    text = HEADER.replace(",", ";") + "10:00:00;1;150,5;-40;999,9;ä\n"
    data = text.encode("cp1252")
    way = Profile(sender="P1", decimal_comma=True, encoding="cp1252")
    found = recognised(data, way)
    *_, batch = batches(found, way, "cycle7.csv")
    assert [(r["pirani_mtorr"], r["product_1_c"], r["product_2_c"], r["extra"]) for r in rows_of(found, batch)] == [
        ("150.5", "-40", "", '{"Unheard": "ä"}')]
    assert batch.notices == ("L02: no reading of product_2_c (999.9) in 1 of 1 lines; an unplugged probe is not a "
                             "temperature.",)
