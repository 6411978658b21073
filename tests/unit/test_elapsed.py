"""How long after its first line a log's lines were written: over midnights, and where its clock is
set.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import pytest

from lots.formats.clocks import Written
from lots.formats.elapsed import Elapsed, Place, elapsed
from lots.formats.times import TimeColumn, first_midnight, started

BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"
BACK = "L02: the clock was set back by 3,600 s during the run; the run goes on."
FORWARD = "L02: the clock was set forward by 3,600 s during the run; the run goes on."


def of(
    times: Iterable[str], *, zone: str = "", start: str = "", column: TimeColumn | None = None
) -> Elapsed:
    """The elapsed seconds of times in their order."""
    column = column or TimeColumn()
    read = [column.read(text) for text in times]
    midnight = first_midnight(started(start, column.written), read[0])
    return elapsed(read, Place(ZoneInfo(zone) if zone else None, midnight, column.resolution))


def minutes(first: str, count: int, *, day: str = "2026-10-25 ") -> list[str]:
    """A log's times, one each minute, from an hour and minute on; its clock is not set meanwhile."""
    hour, minute = map(int, first.split(":"))
    return [f"{day}{(minute + n) // 60 + hour:02}:{(minute + n) % 60:02}:00" for n in range(count)]


AUTUMN = [*minutes("01:58", 62), *minutes("02:00", 62)]  # 01:58 to 02:59, and again 02:00 to 03:01
SPRING = [*minutes("01:58", 2, day="2026-03-29 "), *minutes("03:00", 2, day="2026-03-29 ")]
EVERY_MINUTE = tuple(range(0, 124 * 60, 60))


def test_a_clock_counts_from_the_first_line() -> None:
    assert of(["10:38:38", "10:39:39", "11:00:00"]).seconds == (0, 61, 1282)


def test_a_clock_that_passes_midnight_goes_on_once_a_night() -> None:
    times = ["23:59:30", "00:00:30", "12:00:00", "23:59:59", "00:00:00"]
    assert of(times).seconds == (0, 60, 43230, 86429, 86430)


def test_a_line_before_the_one_above_has_no_time_and_the_next_one_counts_on() -> None:
    assert of(["10:00:00", "09:59:59", "10:00:10"]) == Elapsed((0, None, 10), ())


def test_timestamps_count_over_days_whatever_their_offset() -> None:
    assert of(["2026-01-05T23:59:00", "2026-01-07T00:00:00"]).seconds == (0, 86460)
    assert of(["2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00"]).seconds == (0, 60)
    assert of(["2026-10-25T02:59:00+02:00", "2026-10-25T02:00:00+01:00"], zone=BERLIN).seconds == (
        0,
        60,
    )


@pytest.mark.parametrize("zone", ["", BERLIN])
@pytest.mark.parametrize("cut", [0, 11])  # with its day, and without
def test_a_clock_that_is_set_back_tells_an_hour_twice_and_each_line_once(
    zone: str, cut: int
) -> None:
    assert of([time[cut:] for time in AUTUMN], zone=zone) == Elapsed(EVERY_MINUTE, (BACK,))


def test_a_clock_that_is_set_forward_leaves_no_gap_where_its_zone_is_told() -> None:
    assert of(SPRING, zone=BERLIN) == Elapsed((0, 60, 120, 180), (FORWARD,))
    assert of(SPRING).seconds == (
        0,
        60,
        3720,
        3780,
    )  # it may have been silent for an hour: nobody says


@pytest.mark.parametrize(
    ("start", "seconds"),
    [
        (": 3/28/2026 10:00:00 PM", (0, 60, 120, 180)),
        (" 2026-03-29", (0, 60, 120, 180)),
        (": 28.03.2026 22:00", (0, 60, 120, 180)),
        ("", (0, 60, 3720, 3780)),
        (": 3/4/2026", (0, 60, 3720, 3780)),
    ],
)
def test_a_clock_without_a_day_takes_it_from_where_the_run_started(
    start: str, seconds: tuple[int, ...]
) -> None:
    assert of([time[11:] for time in SPRING], zone=BERLIN, start=start).seconds == seconds


@pytest.mark.parametrize(
    "times",
    [
        minutes("01:58", 124),
        minutes("01:58", 124, day="2026-03-29 "),
        minutes("02:10", 20),
        minutes("02:30", 40),
    ],
)
def test_a_clock_that_nobody_sets_goes_on_evenly(times: list[str]) -> None:
    assert of(times, zone=BERLIN) == Elapsed(EVERY_MINUTE[: len(times)], ())


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        (["2026-10-25 01:50:00", "2026-10-25 03:10:00"], (0, 8_400)),
        (["2026-03-29 01:50:00", "2026-03-29 03:10:00"], (0, 1_200)),
    ],
)
def test_a_change_within_a_gap_is_counted_where_its_zone_is_told(
    times: list[str], seconds: tuple[int, ...]
) -> None:
    assert of(times, zone=BERLIN).seconds == seconds


@pytest.mark.parametrize("step", [30, 60])
def test_a_sparse_log_is_followed_too(step: int) -> None:
    told = ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00"][:: step // 30]
    told = ["01:00", "02:00", "02:00", "03:00"] if step == 60 else told
    times = [f"2026-10-25 {time}:00" for time in told]
    assert of(times, zone=BERLIN).seconds == tuple(range(0, 60 * step * len(times), 60 * step))


def test_a_clock_may_be_set_by_half_an_hour() -> None:
    times = [
        "2026-04-05 01:58:00",
        "2026-04-05 01:59:00",
        "2026-04-05 01:30:00",
        "2026-04-05 01:31:00",
    ]
    assert of(times, zone=LORD_HOWE).seconds == (0, 60, 120, 180)


def test_a_clock_is_set_back_once_and_at_night_only() -> None:
    again = [*AUTUMN[:62], *AUTUMN[2:62], *AUTUMN[2:62]]
    assert of(again).seconds.count(None) == 59  # all but the last minute of the third time
    assert (
        of(
            [time.replace(" 02:", " 12:").replace(" 01:", " 11:") for time in AUTUMN[:70]]
        ).seconds.count(None)
        == 8
    )


def test_a_disorderly_line_is_no_clock_that_was_set() -> None:
    times = [*minutes("02:00", 10), "2026-10-25 02:04:30", *minutes("02:10", 3)]
    assert of(times, zone=BERLIN).seconds == (*range(0, 600, 60), None, 600, 660, 720)


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        (["10:50", "10:50", "10:51", "10:51", "10:52"], (0, 30, 60, 90, 120)),
        (["10:50", "10:51", "10:51", "10:51", "10:52"], (0, 60, 80, 100, 120)),
        (["23:59", "00:00"], (0, 60)),
    ],
)
def test_lines_of_one_minute_are_told_apart(times: list[str], seconds: tuple[int, ...]) -> None:
    assert of(times, column=TimeColumn(Written("", "%H:%M"))).seconds == seconds


def test_lines_of_one_second_are_told_apart_where_there_are_seconds_for_them() -> None:
    assert of(["10:39:39", "10:39:39", "10:40:39"]).seconds == (0, 1, 60)
    shared = of(["10:00:00"] * 3 + ["10:00:01"] * 3)
    assert shared == Elapsed(
        (0, 0, 0, 1, 1, 1), ("L02: 4 lines stand in the same second as the line above.",)
    )


@pytest.mark.parametrize(
    ("times", "unit", "seconds"),
    [
        (["0.0", "30.059527", "60.5"], "s", (0, 30, 61)),
        (["5", "10"], "s", (5, 10)),
        (["0", "0.5", "1"], "min", (0, 30, 60)),
        (["0", "0.25"], "h", (0, 900)),
        (["10", "5", "20"], "s", (10, None, 20)),
    ],
)
def test_seconds_since_the_start_are_taken_as_they_are(
    times: list[str], unit: str, seconds: tuple[int, ...]
) -> None:
    assert of(times, column=TimeColumn(unit=unit)).seconds == seconds


def test_seconds_may_have_a_decimal_comma() -> None:
    assert of(["0,0", "30,4"], column=TimeColumn(unit="s", comma=True)).seconds == (0, 30)


def test_fractions_of_a_second_are_counted_on_before_they_are_rounded() -> None:
    times = ["2026-01-05 10:00:00.4", "2026-01-05 10:00:10.6", "2026-01-05 10:00:20.8"]
    assert of(times).seconds == (0, 10, 20)


def test_a_midnight_may_be_a_day_alone() -> None:
    times = ["24.10.2026 23:59:30", "25.10.2026", "25.10.2026 00:00:30"]
    assert of(times, column=TimeColumn(Written("%d.%m.%Y"))).seconds == (0, 30, 60)


def test_a_time_that_is_counted_from_elsewhere_than_the_first_is_none() -> None:
    assert of(["10:00:00", "2026-01-05 10:01:00", "10:02:00"]).seconds == (0, None, 120)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("10:50:00 PM", "99:99:99 AA"),
        ("10:50", "99:99"),
        ("2026/10/24 23:50:00", "9999/99/99 99:99:99"),
        ("03/04/2026 10:00:00", "99/99/9999 99:99:99"),
        ("noon", "AAAA"),
        ("24:00:00", "99:99:99"),
        ("", ""),
        ("30.059527", "99.999999"),
        ("١٠:00:00", "99:99:99"),
        ("-1:00:00", "-9:99:99"),
    ],
)
def test_what_is_no_time_by_the_template_is_told_by_its_form(text: str, form: str) -> None:
    with pytest.raises(ValueError, match=r".*") as told:
        TimeColumn().read(text)
    assert (
        str(told.value)
        == f"The time is written as '{form}'; expected hh:mm:ss or YYYY-MM-DD hh:mm:ss; date_format"
        " and time_format in the sender's profile say how else days and times are written."
    )


def test_what_is_no_time_by_the_profile_is_told_by_its_form() -> None:
    with pytest.raises(ValueError, match=r".*") as told:
        TimeColumn(Written("%d.%m.%Y", "%H:%M")).read("10/24/2026 10:50")
    assert (
        str(told.value)
        == "The time is written as '99/99/9999 99:99'; expected %d.%m.%Y %H:%M, as the sender's "
        "profile says."
    )
