"""Dryer logs: a clock over midnights, sentinels, gaps, and one real run of a real dryer."""

import csv
import io
import json
from collections.abc import Mapping
from itertools import pairwise

import pytest

from lots.errors import FileRefused
from lots.formats import dryer
from lots.formats.batch import Batch
from lots.formats.clocks import form_of
from lots.formats.dryer import layout_of
from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import Opened, open_batch
from lots.records import records
from lots.settings import ROOT

REAL = ROOT.parent / "shared" / "real" / "lyophilisation" / "mannitol_annealed_2024-06-04.csv"
HEADER = "Run started: 6/4/2024\n\nCycleTime,Phase,VacPirani,TP1,TP2,Unheard\n"
DRYER = Profile(sender="P1")


def recognised(data: bytes, profile: Profile = DRYER) -> Opened:
    """The file as recognised."""
    return open_batch(io.BytesIO(data), len(data), "cycle7.csv", records(), profile)


def read(
    text: str, profile: Profile = DRYER, name: str = "cycle7.csv"
) -> tuple[list[dict[str, str]], Batch]:
    """The rows of a log, and the batch that they stand in."""
    found = recognised(text.encode(), profile)
    *_, batch = batches(found, profile, name)
    return rows_of(found, batch), batch


def rows_of(found: Opened, batch: Batch) -> list[dict[str, str]]:
    """A batch's rows by column."""
    names = ("line", *batch.named(staged_columns(found)))
    return [
        dict(zip(names, row, strict=True))
        for row in csv.reader(io.StringIO(batch.numbered().decode()))
    ]


def test_a_log_becomes_readings_of_its_run() -> None:
    rows, batch = read(HEADER + "23:59:30,1,150.5,-40,3,x\n00:00:30,4,140,-41.5,2.9,\n")
    assert [(r["line"], r["plant"], r["cycle"], r["elapsed_s"]) for r in rows] == [
        ("4", "P1", "cycle7", "0"),
        ("5", "P1", "cycle7", "60"),
    ]
    assert [(r["phase"], r["pirani_mtorr"], r["product_1_c"]) for r in rows] == [
        ("1", "150.5", "-40"),
        ("4", "140", "-41.5"),
    ]
    assert [r["extra"] for r in rows] == ['{"Unheard": "x"}', ""]
    assert (batch.rows, batch.lines, batch.broken, batch.notices) == (2, 2, (), ())


@pytest.mark.parametrize("sentinel", ["999.9", "999", "999.0", "-999", "NaN"])
def test_an_unplugged_probe_has_no_reading_and_is_told(sentinel: str) -> None:
    rows, batch = read(f"{HEADER}10:00:00,1,150,-40,{sentinel},x\n10:01:00,1,150,-40,2,x\n")
    assert [r["product_2_c"] for r in rows] == ["", "2"]
    assert batch.notices == (
        (
            f"L02: no reading of product_2_c ({sentinel}) in 1 of 2 lines; an unplugged probe is"
            " not a temperature."
        ),
    )


def test_a_gap_is_told() -> None:
    lines = [f"10:0{n}:00,1,150,-40,3,x\n" for n in (0, 1, 2, 5, 6)]
    assert read(HEADER + "".join(lines))[1].notices == (
        "L02: no line for 180 s after 120 s; usual is every 60 s.",
    )


def test_twice_the_usual_interval_is_no_gap() -> None:
    lines = [f"10:0{n}:00,1,150,-40,3,x\n" for n in (0, 1, 2, 4, 5)]
    assert read(HEADER + "".join(lines))[1].notices == ()


def test_a_broken_line_is_kept_with_its_place_and_its_reason() -> None:
    good, back, short = b"10:00:00,1,150,-40,3,x\n", b"09:00:00,1,150,-40,3,x\n", b"10:01:00,1\n"
    rows, batch = read((HEADER.encode() + good + b"\n" + back + short).decode())
    at = len(HEADER) + len(good) + 1
    assert len(rows) == batch.blank == 1
    assert [(b.line, b.offset, b.length, b.raw, b.reason) for b in batch.broken] == [
        (
            6,
            at,
            len(back),
            back,
            "The time is '09:00:00'; expected a time that is not before the line above.",
        ),
        (7, at + len(back), len(short), short, "The line has 2 fields; expected 6."),
    ]


def test_a_historian_s_tags_come_from_the_profile() -> None:
    profile = Profile(sender="P1", columns={"TI-104": "product_1_c"})
    rows, _ = read(
        "# export\nTime,TI-104\n2026-01-05T23:59:00,-40\n2026-01-06T00:01:00,-39\n", profile
    )
    assert [(r["elapsed_s"], r["product_1_c"]) for r in rows] == [("0", "-40"), ("120", "-39")]


def test_a_log_without_a_time_is_refused() -> None:
    with pytest.raises(FileRefused) as told:
        layout_of(("TP1", "TP2"), {}, frozenset())
    assert (
        str(told.value)
        == "The log has no time column; expected CycleTime or a first column of timestamps."
    )


def test_two_columns_for_one_of_ours_refuse_a_log_whole() -> None:
    profile = Profile(sender="P1", columns={"Probe": "product_1_c"})
    with pytest.raises(FileRefused, match="names one column twice"):
        recognised(b"CycleTime,TP1,Probe\n00:00:00,-40,-39\n", profile)


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
        f"L02: no reading of product_{n}_c (999.9)" for n in (3, 5, 6, 7, 8)
    ]


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
    assert [
        (r["pirani_mtorr"], r["product_1_c"], r["product_2_c"], r["extra"])
        for r in rows_of(found, batch)
    ] == [("150.5", "-40", "", '{"Unheard": "ä"}')]
    assert batch.notices == (
        (
            "L02: no reading of product_2_c (999.9) in 1 of 1 lines; an unplugged probe is not a "
            "temperature."
        ),
    )


CASE = (
    "-35.0",
    "9999",
    "-9999",
    "999.90",
    "850",
    "3276.7",
    "1000",
    "-127",
    "-200",
    "BURNOUT",
    "OPEN",
    "----",
    "Bad",
    "999.9",
    "-35.0",
)


def lines_of(*probe: str) -> str:
    """A log of ten minutes a line, of which one probe says each of these."""
    return HEADER + "".join(
        f"{10 + n // 6}:{n % 6}0:00,4,80,{text},-34.0,\n" for n, text in enumerate(probe)
    )


def test_what_is_no_temperature_is_a_gap_and_is_kept_beside_it() -> None:
    found, batch = read(lines_of(*CASE))
    assert [row["product_1_c"] for row in found] == ["-35.0", *[""] * 13, "-35.0"]
    assert [json.loads(row["sent"] or "{}").get("product_1_c") for row in found] == [
        None,
        *({"text": text, "reading": "none"} for text in CASE[1:-1]),
        None,
    ]
    assert {row["product_2_c"] for row in found} == {"-34.0"}
    assert (batch.rows, batch.broken) == (15, ())


def test_what_could_be_true_is_no_reading_by_the_profile_alone() -> None:
    text = lines_of("83.0", "83", "84.0", "WARTEN").replace("4,80,", "4,83.0,")
    assert [row["product_1_c"] for row in read(text)[0]] == ["83.0", "83", "84.0", "WARTEN"]
    for missing in (
        ["83.0", "warten"],
        {"temperatures": ["83.0", "warten"]},
        {"product_1_c": ["83.0", "warten"]},
    ):
        found, _ = read(text, Profile(sender="P1", missing=missing))
        assert [row["product_1_c"] for row in found] == ["", "", "84.0", ""]
        assert {row["pirani_mtorr"] for row in found} == {"83.0"}
    assert {
        row["pirani_mtorr"]
        for row in read(text, Profile(sender="P1", missing={"pressures": ["83"]}))[0]
    } == {""}


def test_a_sentinel_is_looked_for_as_it_was_sent() -> None:
    kelvin = Profile(sender="P1", units={"product_1_c": "K"})
    found, _ = read(lines_of("300", "999.9", "238.15"), kelvin)
    assert [row["product_1_c"] for row in found] == ["26.85", "", "-35"]


@pytest.mark.parametrize(
    ("time_format", "times", "elapsed"),
    [
        ("%I:%M:%S %p", ("10:50:00 PM", "11:00:00 PM", "12:00:00 AM"), ("0", "600", "4200")),
        ("%I:%M:%S %p", ("10:50:00 p.m.", "11:00:00 p.m.", "12:00:00 a.m."), ("0", "600", "4200")),
        ("%H:%M", ("10:50", "11:00"), ("0", "600")),
        ("%H:%M %d.%m.%Y", ("23:50 24.10.2026", "00:00 25.10.2026"), ("0", "600")),
        ("%Y/%m/%d %H:%M:%S", ("2026/10/24 23:50:00", "2026/10/25 00:00:00"), ("0", "600")),
        (
            "%d.%m.%Y %H:%M:%S.%f",
            ("24.10.2026 23:50:00.0", "24.10.2026 23:50:30.059527"),
            ("0", "30"),
        ),
    ],
)
def test_a_clock_is_read_as_the_profile_says(
    time_format: str, times: tuple[str, ...], elapsed: tuple[str, ...]
) -> None:
    text = HEADER + "".join(f"{time},4,80,-35,-34,\n" for time in times)
    found, batch = read(text, Profile(sender="P1", time_format=time_format))
    assert (tuple(row["elapsed_s"] for row in found), batch.broken) == (elapsed, ())
    by_template = read(text)[1]
    assert {broken.reason.split(";")[0] for broken in by_template.broken} == {
        f"The time is written as '{form_of(time)}'" for time in times
    }


def test_a_day_alone_is_a_midnight() -> None:
    profile = Profile(sender="P1", date_format="%d.%m.%Y", columns={"TI-104": "product_1_c"})
    found, _ = read("# export\nTime,TI-104\n24.10.2026 23:50:00,-40\n25.10.2026,-39\n", profile)
    assert [row["elapsed_s"] for row in found] == ["0", "600"]


@pytest.mark.parametrize(
    ("name", "run", "cycle"),
    [
        ("Zyklus 12 Kühl.csv", "Zyklus ([0-9]+)", "12"),
        ("Zyklus 12 Kühl.csv", "[0-9]+", "12"),
        ("C-7.log.csv", "", "C-7"),
        ("Zyklus 12.csv", "", "Zyklus 12"),
    ],
)
def test_the_run_stands_in_the_file_s_name(name: str, run: str, cycle: str) -> None:
    found, _ = read(lines_of("-35"), Profile(sender="P1", run=run), name)
    assert [(row["plant"], row["cycle"]) for row in found] == [("P1", cycle)]


@pytest.mark.parametrize(
    ("name", "run", "where"),
    [
        ("Zyklus 12 Kühl.csv", "", "up to its first point"),
        (".csv", "", "up to its first point"),
        ("Kühl.csv", "Zyklus ([0-9]+)", "by Zyklus ([0-9]+), as its sender's profile says"),
        ("Zyklus ü.csv", "Zyklus (.)", "by Zyklus (.), as its sender's profile says"),
    ],
)
def test_a_log_whose_name_tells_no_run_is_refused(name: str, run: str, where: str) -> None:
    with pytest.raises(FileRefused) as told:
        read(lines_of("-35"), Profile(sender="P1", run=run), name)
    assert (
        str(told.value)
        == f"The log's name tells no run {where}; expected printable ASCII of at most 64 characters"
        " without a blank at either end. In the sender's profile, run = 'Cycle ([0-9]+)' would"
        " find it in a name, and [columns] in a column that is named as cycle."
    )


def test_a_column_may_tell_the_run_and_each_run_has_its_own_time() -> None:
    profile = Profile(sender="P1", columns={"Lauf": "cycle"})
    lines = [f"10:{5 * n:02}:00,4,80,-35,-34,{run}\n" for n, run in enumerate("ABA")]
    found, batch = read(HEADER.replace("Unheard", "Lauf") + "".join(lines), profile, "Kühl.csv")
    assert [(row["plant"], row["cycle"], row["elapsed_s"]) for row in found] == [
        ("P1", "A", "0"),
        ("P1", "B", "0"),
        ("P1", "A", "600"),
    ]
    assert batch.broken == ()


def test_a_log_without_comments_is_one_where_the_profile_names_its_time() -> None:
    profile = Profile(sender="P1", columns={"Zeit": "elapsed_s", "TI-104": "product_1_c"})
    found, _ = read("Zeit,TI-104\n0.0,-40\n30.059527,-39\n", profile)
    assert [(row["cycle"], row["elapsed_s"], row["product_1_c"]) for row in found] == [
        ("cycle7", "0", "-40"),
        ("cycle7", "30", "-39"),
    ]


def test_a_clock_that_is_set_back_loses_no_line() -> None:
    minutes = [f"{2 + n // 60}:{n % 60:02}:00" for n in range(60)] * 2
    found, batch = read(HEADER + "".join(f"{time},4,80,-35,-34,\n" for time in minutes))
    assert [int(row["elapsed_s"]) for row in found] == list(range(0, 7_200, 60))
    assert (batch.broken, batch.notices) == (
        (),
        ("L02: the clock was set back by 3,600 s during the run; the run goes on.",),
    )


def test_an_hour_of_silence_may_be_a_clock_that_was_set_forward() -> None:
    times = ("01:58:00", "01:59:00", "03:00:00", "03:01:00")
    assert read(HEADER + "".join(f"{time},4,80,-35,-34,\n" for time in times))[1].notices == (
        (
            "L02: no line for 3,660 s after 60 s; usual is every 60 s; if its clock was set forward"
            " there, zone in the sender's profile says so."
        ),
    )


def test_what_a_controller_tells_of_its_run_may_have_commas() -> None:
    found, _ = read(lines_of("-35").replace("\n\n", "\n\nProduct Name: annealed, slowly\n\n", 1))
    assert [row["product_1_c"] for row in found] == ["-35"]


def test_nothing_of_a_log_reaches_a_terminal_but_what_it_can_show() -> None:
    _, batch = read(lines_of("\x1bOPEN"))
    assert batch.notices[0].startswith("L02: no reading of product_1_c (?OPEN) in 1 of 1 lines;")


def test_a_long_log_is_read_by_the_batch_and_tells_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = "".join(f"23:{n:02d}:00,1,150,-40,3,x\n" for n in range(10))
    text = f"{HEADER}{lines}\n23:05:00,1,150,-40,3,x\n00:10:00,1,150,999.9,3,x\n"

    def told() -> tuple[list[Batch], list[dict[str, str]]]:
        found = recognised(text.encode())
        _, *some = batches(found, DRYER, "cycle7.csv")
        return some, [row for batch in some for row in rows_of(found, batch)]

    (whole,), rows = told()
    monkeypatch.setattr(dryer, "LINES_A_BATCH", 5)
    parts, again = told()
    assert (len(parts), again) == (3, rows)
    assert sum((part.broken for part in parts), ()) == whole.broken
    assert [part.notices for part in parts] == [(), (), whole.notices]
    counts = [
        (sum(getattr(p, n) for p in parts), getattr(whole, n)) for n in ("rows", "lines", "blank")
    ]
    assert counts == [(11, 11), (13, 13), (1, 1)]
