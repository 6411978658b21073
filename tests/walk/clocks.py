"""The walk's reading of how days and times are written, from docs/logs.md: by Python's own
strptime.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Profile = dict[str, Any]
OUR_DAY, OUR_TIMES = "%Y-%m-%d", ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f")
NUMBER_PART = "%[dmyYHIMSf]"
NEITHER = "neither: "  # before a text that must not be read


def told(profile: Profile) -> bool:
    """Whether a profile says how days or times are written."""
    return bool(profile.get("date_format") or profile.get("time_format"))


def has_day(written: str) -> bool:
    """Whether a format tells a day."""
    return "%d" in written


def parsed(text: str, written: str) -> datetime | None:
    """The moment that a text stands for by a format of strptime; None where it is none."""
    text = re.sub("[\t\u00a0\u2009\u202f]", " ", text)
    if "%p" in written:
        text = re.sub(r"(?<![a-z])([ap])\.? ?m\.?(?![a-z])", r"\1m", text, flags=re.IGNORECASE)
    if not text.isascii() or "\n" in text:
        return None
    try:
        found = datetime.strptime(text, written)  # noqa: DTZ007
    except ValueError:
        return None
    if re.search(NUMBER_PART * 2, written) and found.strftime(written).lower() != text.lower():
        return None
    weekdays = [found.strftime(part) for part in ("%a", "%A") if part in written]
    return found if all(weekday.lower() in text.lower() for weekday in weekdays) else None


def day(text: str, profile: Profile) -> date | None:
    """A day, alone or with its midnight."""
    alone = parsed(text, profile.get("date_format") or OUR_DAY)
    if alone:
        return alone.date()
    at = moment(text, profile, alone=False)
    return at.date() if at and at.tzinfo is None and at.time() == time(0) else None


def moment(text: str, profile: Profile, *, alone: bool) -> datetime | None:
    """A day and a time; alone: a day without a time is its midnight."""
    found = {at for written in _moments(profile) if (at := parsed(text, written))}
    if not found and alone:
        return parsed(text, profile.get("date_format") or OUR_DAY)
    return found.pop() if len(found) == 1 else None


def _moments(profile: Profile) -> Iterator[str]:
    own = profile.get("time_format", "")
    if has_day(own):
        yield own
        return
    for written in (own,) if own else OUR_TIMES:
        of_day = profile.get("date_format") or OUR_DAY
        yield from (f"{of_day} {written}", f"{of_day}T{written}", f"{written} {of_day}")


def clock(text: str, profile: Profile) -> time | None:
    """A time without a day; without a format it has seconds."""
    own = profile.get("time_format", "")
    for written in (own,) if own else OUR_TIMES[1:]:
        if not has_day(written) and (at := parsed(text, written)):
            return at.time()
    return None


def as_day(text: str, profile: Profile) -> str:
    """A day in the template's way; what is none as it came."""
    found = day(text, profile)
    return found.isoformat() if found else _as_it_came(text, profile)


def as_instant(text: str, profile: Profile) -> str:
    """An instant in the template's way, without its zone where it tells none; what is none as it
    came.
    """
    both = bool(profile.get("date_format") and profile.get("time_format"))
    found = moment(text, profile, alone=both)
    return found.isoformat() if found else _as_it_came(text, profile)


def instant_of(text: str, profile: Profile) -> str:
    """An instant with its offset; one that has none, or whose zone skips or repeats it, stays as it
    came.
    """
    ours = as_instant(text, profile) if told(profile) else text
    # Without AM or PM it could be two.
    twelve = ours == text and "%I" in profile.get("time_format", "")
    placed = (
        _with_offset(ours, ZoneInfo(profile["zone"])) if "zone" in profile and not twelve else ours
    )
    return text if ours != text and not re.search(r"(Z|[+-]\d\d:\d\d)$", placed[16:]) else placed


def _with_offset(text: str, zone: ZoneInfo) -> str:
    """A bare local time with its zone's offset; a local hour that does not exist, or exists twice,
    stays as it is.
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?", text, re.ASCII):
        return text
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return text
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if early != late or early is None:
        return text
    minutes = int(early.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{text}{sign}{minutes // 60:02}:{minutes % 60:02}"


def _as_it_came(text: str, profile: Profile) -> str:
    """A text that the template would read in another order than the sender's is neither."""
    other = "%Y-%d-%m" in profile.get("date_format", "") + profile.get("time_format", "")
    return NEITHER + text if other and re.match(r"\d{4}-", text) else text


def offsets(at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The two offsets of a local time in seconds: they differ where the clocks change."""
    early, late = (at.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert early is not None
    assert late is not None
    return int(early.total_seconds()), int(late.total_seconds())
