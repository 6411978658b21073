"""Days and times in the notation of strptime: what each format reads, and what it never guesses."""

import locale
from datetime import date, datetime, time, timedelta, timezone

import pytest

from lots.formats.clocks import Written, check, form_of

DAYS = (  # format, text, day
    ("%d.%m.%Y", "24.10.2026", "2026-10-24"),
    ("%d.%m.%Y", "3.4.2026", "2026-04-03"),
    ("%d/%m/%Y", "03/04/2026", "2026-04-03"),
    ("%m/%d/%Y", "03/04/2026", "2026-03-04"),
    ("%Y/%m/%d", "2026/10/24", "2026-10-24"),
    ("%Y-%d-%m", "2026-04-03", "2026-03-04"),
    ("%y%m%d", "261024", "2026-10-24"),
    ("%d%m%Y", "24102026", "2026-10-24"),
    ("%m-%Y-%d", "10-2026-24", "2026-10-24"),
    ("%d.%m.%y", "24.10.68", "2068-10-24"),
    ("%d.%m.%y", "24.10.69", "1969-10-24"),
    ("%d-%b-%Y", "24-Oct-2026", "2026-10-24"),
    ("%d %B %Y", "24 OCTOBER 2026", "2026-10-24"),
    ("%d-%b-%y", "1-may-26", "2026-05-01"),
    ("%B %d, %Y", "May 1, 2026", "2026-05-01"),
    ("%a %d %b %Y", "Sat 24 Oct 2026", "2026-10-24"),
    ("%A, %d.%m.%Y", "saturday, 24.10.2026", "2026-10-24"),
    ("%d. %m. %Y", "24.  10.\u00a02026", "2026-10-24"),
    ("%d%%%m%%%Y", "24%10%2026", "2026-10-24"),
    ("%m/%d/%Y", "10/ 4/2026", "2026-10-04"),
    ("%b %d %Y", "Oct  4 2026", "2026-10-04"),
    ("%d.%m.%Y", "29.02.2024", "2024-02-29"),
    ("%d.%m.%Y", "29.02.2026", None),
    ("%d.%m.%Y", "31.04.2026", None),
    ("%d.%m.%Y", "24.13.2026", None),
    ("%d.%m.%Y", "10/24/2026", None),
    ("%d.%m.%Y", "24.10.26", None),
    ("%d%m%Y", "1112026", None),
    ("%a %d %b %Y", "Sun 24 Oct 2026", None),
    ("%d-%b-%Y", "24-Okt-2026", None),
    ("%d.%m.%Y", " 24.10.2026", None),
    ("%d.%m.%Y", "24.10.2026\n", None),
    ("%d.%m.%Y", "٢٤.10.2026", None),
    ("%d.%m.%Y", "00.10.2026", None),
    ("%d.%m.%Y", "24.10.0000", None),
    ("%d.%m.%Y", "", None),
    ("%Y-%d-%m", "2026-10-24", None),
    ("%d-%b-%Y", "24-Auguſt-2026", None),
)
MOMENTS = (  # date_format, time_format, text, moment
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 22:50:01", "2026-10-24T22:50:01"),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026T22:50:01", "2026-10-24T22:50:01"),
    ("%d.%m.%Y", "%H:%M:%S", "22:50:01 24.10.2026", "2026-10-24T22:50:01"),
    ("%d.%m.%Y", "", "24.10.2026 22:50", "2026-10-24T22:50:00"),
    ("%d.%m.%Y", "", "24.10.2026 22:50:01.25", "2026-10-24T22:50:01.250000"),
    ("", "%I:%M:%S %p", "2026-10-24 10:50:00 PM", "2026-10-24T22:50:00"),
    ("%m/%d/%Y", "%I:%M:%S %p", "10/24/2026 12:00:00 AM", "2026-10-24T00:00:00"),
    ("%m/%d/%Y", "%I:%M:%S %p", "10/24/2026 12:59:59 pm", "2026-10-24T12:59:59"),
    ("%m/%d/%Y", "%I:%M %p", "1/2/2026 9:05 a.m.", "2026-01-02T09:05:00"),
    ("%m/%d/%Y", "%I:%M %p", "1/2/2026 9:05\u202fP. M.", "2026-01-02T21:05:00"),
    ("%m/%d/%Y", "%I:%M%p", "1/2/2026 09:05pm", "2026-01-02T21:05:00"),
    ("", "%H:%M %d.%m.%Y", "22:50 24.10.2026", "2026-10-24T22:50:00"),
    ("", "%Y%m%d%H%M%S", "20261024225001", "2026-10-24T22:50:01"),
    ("", "%Y/%m/%d %H:%M:%S", "2026/10/24 23:50:00", "2026-10-24T23:50:00"),
    ("", "%d.%m.%Y %H:%M:%S,%f", "24.10.2026 22:50:01,059527", "2026-10-24T22:50:01.059527"),
    ("", "%d.%m.%Y %H:%M:%S.%f", "24.10.2026 22:50:01.5", "2026-10-24T22:50:01.500000"),
    ("", "%d.%m.%Y %H:%M %z", "24.10.2026 22:50 +0200", "2026-10-24T22:50:00+02:00"),
    ("", "%d.%m.%Y %H:%M%z", "24.10.2026 22:50Z", "2026-10-24T22:50:00+00:00"),
    ("", "%d.%m.%Y %H:%M%z", "24.10.2026 22:50-03:30", "2026-10-24T22:50:00-03:30"),
    ("%d.%m.%y", "%H.%M.%S", "24.10.26 10.11.12", "2026-10-24T10:11:12"),
    ("%d.%m.%y", "%H.%M.%S", "10.11.12 09.10.11", None),  # either may be the day
    (
        "%d.%m.%y",
        "%H.%M.%S",
        "10.11.12 10.11.12",
        "2012-11-10T10:11:12",
    ),  # and here it does not matter
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 22:50", None),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 24:00:00", None),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 22:60:00", None),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 22:50:60", None),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026 22:50:00 PM", None),
    ("%m/%d/%Y", "%I:%M %p", "1/2/2026 13:05 PM", None),
    ("%m/%d/%Y", "%I:%M %p", "1/2/2026 00:05 AM", None),
    ("%m/%d/%Y", "%I:%M %p", "1/2/2026 9:05", None),
    ("%d.%m.%Y", "%H:%M:%S", "24.10.2026", None),
    ("%d.%m.%Y", "%H:%M:%S", "22:50:00", None),
    ("%d.%m.%Y", "%H:%M:%S", "2026-10-24 22:50:00", None),
    ("", "%d.%m.%Y %H:%M:%S.%f", "24.10.2026 22:50:01.", None),
)
WRONG = (  # date_format, time_format, what was expected
    ("%d.%m", "", "day, month and year"),
    ("%m/%Y", "", "day, month and year"),
    ("%d.%m.%Y", "%H", "hour and minute"),
    ("%d.%m.%Y %H:%M", "", "a day alone, such as %d.%m.%Y"),
    ("", "%d.%m.%Y", "a time, such as %H:%M:%S"),
    ("", "%I:%M", "%I with %p for 12 hours, or %H for 24"),
    ("", "%H:%M %p", "%I with %p for 12 hours, or %H for 24"),
    ("%d.%d.%m.%Y", "", "each of its parts once"),
    ("%d.%m.%b.%Y", "", "month and year once each"),
    ("%d.%m.%y.%Y", "", "month and year once each"),
    ("", "%H:%M.%f", "%S before %f"),
    ("", "%H:%M %d.%m", "day, month and year"),
    ("no format", "", "a day alone, such as %d.%m.%Y"),
    ("%d.%m.%Q", "", "a format made of %d %m %y %Y %H %I %M %S %f %b %B %a %A %p %z %%"),
    ("%x", "", "a format made of %d %m %y %Y %H %I %M %S %f %b %B %a %A %p %z %%"),
    ("%", "", "a format made of %d %m %y %Y %H %I %M %S %f %b %B %a %A %p %z %%"),
)


@pytest.mark.parametrize(("written", "text", "day"), DAYS)
def test_a_day(written: str, text: str, day: str | None) -> None:
    assert Written(written).day(text) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("day", "time", "text", "moment"), MOMENTS)
def test_a_moment(day: str, time: str, text: str, moment: str | None) -> None:
    got = Written(day, time).moment(text)
    assert (got and got.isoformat()) == moment


@pytest.mark.parametrize(
    ("written", "text"),
    [(written, text) for day, written, text, moment in MOMENTS if "%d" in written and moment],
)
def test_a_moment_is_what_strptime_says(written: str, text: str) -> None:
    assert Written("", written).moment(text) == datetime.strptime(text, written)  # noqa: DTZ007


def test_a_day_alone_is_its_midnight_where_that_is_asked_for() -> None:
    german = Written("%d.%m.%Y", "%H:%M")
    assert german.moment("25.10.2026", day_alone=True) == datetime(2026, 10, 25)  # noqa: DTZ001
    assert german.moment("25.10.2026") is None
    assert german.day("25.10.2026 00:00") == date(2026, 10, 25)
    assert german.day("25.10.2026 00:01") is None


@pytest.mark.parametrize(
    ("written", "text", "clock"),
    [
        ("", "23:59:30", time(23, 59, 30)),
        ("", "9:5:0", time(9, 5)),
        ("", "23:59:30.5", time(23, 59, 30, 500_000)),
        ("", "10:50", None),
        ("%H:%M", "10:50", time(10, 50)),
        ("%I:%M:%S %p", "12:00:00 AM", time(0)),
        ("%H:%M %d.%m.%Y", "10:50", None),
        ("", "10:50:00 PM", None),
        ("", "24:00:00", None),
    ],
)
def test_a_clock_without_a_day(written: str, text: str, clock: time | None) -> None:
    assert Written("", written).time(text) == clock


@pytest.mark.parametrize(("day", "time", "expected"), WRONG)
def test_a_format_that_could_mean_two_things_or_nothing_is_told(
    day: str, time: str, expected: str
) -> None:
    wrong = (
        ("time_format", time)
        if time and expected != "a day alone, such as %d.%m.%Y"
        else ("date_format", day)
    )
    assert list(check(day, time)) == [(*wrong, expected)]


def test_months_are_english_under_every_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert Written("%d %B %Y").day("24 May 2026") == date(2026, 5, 24)
            assert Written("%d %B %Y").day("24 Mai 2026") is None
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_an_offset_is_kept() -> None:
    moment = Written("", "%d.%m.%Y %H:%M %z").moment("24.10.2026 22:50 -0330")
    assert moment is not None
    assert moment.tzinfo == timezone(-timedelta(hours=3, minutes=30))


def test_a_form_shows_no_value() -> None:
    assert form_of("Müller 10:50\x1b[2J") == "AAAAAA 99:99?[9A"
