"""Days and times as a sender's profile says that they are written, in the notation of strptime.

strptime itself asks the machine's locale, and takes ten times as long; here month names are English
everywhere, and a format is compiled once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CENTURY_FROM = 69  # of a year in two digits: 69 is 1969, 68 is 2068, as strptime has it
BLANKS = (  # a narrow one stands before AM and PM in what newer machines write
    "[ \t\u00a0\u2009\u202f]"
)
DIGITS: Mapping[str, str] = {  # with one digit or two; where another number touches it, with two
    "d": "3[01]|[12][0-9]|0[1-9]| ?[1-9]",
    "m": "1[0-2]|0[1-9]|[1-9]",
    "y": "[0-9]{2}",
    "Y": "[0-9]{4}",
    "H": "2[0-3]|[01][0-9]|[0-9]",
    "I": "1[0-2]|0[1-9]|[1-9]",
    "M": "[0-5][0-9]|[0-9]",
    "S": "[0-5][0-9]|[0-9]",
    "f": "[0-9]{1,6}",
}
WORDS: Mapping[str, str] = {
    "b": "|".join(name[:3] for name in MONTHS),
    "B": "|".join(MONTHS),
    "a": "|".join(name[:3] for name in WEEKDAYS),
    "A": "|".join(WEEKDAYS),
    "p": rf"[ap]\.?{BLANKS}?m\.?",
    "z": "Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9]",
}
KNOWN = " ".join(f"%{letter}" for letter in (*DIGITS, *WORDS, "%"))
MONTH = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
OF_DAYS, OF_TIMES = frozenset("dmybBYaA"), frozenset("HIMSfpz")
# Where numbers touch, 1112026 is two days: only whole pairs of digits are told apart.
TWO_DIGITS = {letter: re.sub(r"\|( \?)?\[[01]-9\]$", "", text) for letter, text in DIGITS.items()}
TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f")  # of a day, in the template's own form
DAYS = "%Y-%m-%d"


class NoFormat(ValueError):
    """A format that says no day or no time, or says one twice; its text is what was expected."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of strptime, compiled: its letters, and the texts that it fits."""

    letters: frozenset[str]
    fits: re.Pattern[str]

    @property
    def has_day(self) -> bool:
        """Whether it tells a day."""
        return bool(self.letters & OF_DAYS)

    @property
    def has_time(self) -> bool:
        """Whether it tells a time."""
        return bool(self.letters & OF_TIMES)


@cache
def compiled(text: str) -> Format:
    """The format behind its notation. Raises NoFormat."""
    pieces = re.findall(r"%.?|[^%]+", text, re.DOTALL)
    letters = [piece[1:] for piece in pieces if piece[0] == "%" and piece != "%%"]
    if any(letter not in DIGITS and letter not in WORDS for letter in letters):
        raise NoFormat(f"a format made of {KNOWN}")
    # A part that is told twice may say two things.
    if len(set(letters)) < len(letters):
        raise NoFormat("each of its parts once")
    found = Format(
        # ASCII: in small and capital letters alike, ſ would else be the s of a month's name.
        frozenset(letters),
        re.compile("".join(_expressions(pieces)), re.ASCII | re.IGNORECASE),
    )
    _check_whole(found)
    return found


def _expressions(pieces: list[str]) -> Iterator[str]:
    for before, piece, after in zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False):
        letter = piece[1:] if piece[0] == "%" else ""
        if letter in DIGITS:
            touches = any(other[:1] == "%" and other[1:] in DIGITS for other in (before, after))
            yield f"(?P<{letter}>{(TWO_DIGITS if touches else DIGITS)[letter]})"
        elif letter in WORDS:
            yield f"(?P<{letter}>{WORDS[letter]})"
        else:
            # Any run of blanks fits any other: writers disagree about the blank before AM and PM.
            yield "%" if letter else re.sub(r"(\\\s|\s)+", lambda _: f"{BLANKS}+", re.escape(piece))


def _check_whole(of: Format) -> None:
    """Raise NoFormat where a day or a time is told in part,
    or in a way in which it could be two.
    """
    has = of.letters.__contains__
    if of.has_day and not (
        has("d") and (has("Y") or has("y")) and (has("m") or has("b") or has("B"))
    ):
        raise NoFormat("day, month and year")
    if len(of.letters & set("mbB")) > 1 or of.letters >= set("yY"):
        raise NoFormat("month and year once each")
    if of.has_time and not (has("M") and (has("H") or has("I"))):
        raise NoFormat("hour and minute")
    if has("I") != has("p") or of.letters >= set("HI"):
        raise NoFormat("%I with %p for 12 hours, or %H for 24")
    if has("f") and not has("S"):
        raise NoFormat("%S before %f")


def check(date_format: str, time_format: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a profile's formats: the setting, its text, and what was expected."""
    for name, text in (("date_format", date_format), ("time_format", time_format)):
        try:
            found = compiled(text) if text else None
        except NoFormat as error:
            yield name, text, str(error)
            continue
        if found and name == "date_format" and (found.has_time or not found.has_day):
            yield name, text, "a day alone, such as %d.%m.%Y"
        if found and name == "time_format" and not found.has_time:
            yield name, text, "a time, such as %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Written:
    """How a sender writes days and times; what is not told is as in the template."""

    date_format: str = ""
    time_format: str = ""

    def __bool__(self) -> bool:
        return bool(self.date_format or self.time_format)

    @property
    def turns_ours(self) -> bool:
        """Whether it has the parts of the template's own day in another order."""
        # The template's own form is tried beside any format; here it would swap day and month in
        # silence.
        return "%Y-%d-%m" in self.date_format + self.time_format

    @property
    def halves_days(self) -> bool:
        """Whether its times have 12 hours: one without AM or PM could be two."""
        return "%I" in self.time_format

    @property
    def has_seconds(self) -> bool:
        """Whether its times tell seconds."""
        return not self.time_format or "S" in compiled(self.time_format).letters

    def day(self, text: str) -> date | None:
        """The day that a text stands for, alone or at its midnight; None where it is none."""
        if (found := _parts(self.date_format or DAYS, text)) is not None:
            return _day(found)
        moment = self.moment(text)
        return (
            moment.date() if moment and moment.tzinfo is None and moment.time() == time() else None
        )

    def moment(self, text: str, *, day_alone: bool = False) -> datetime | None:
        """The moment that a text stands for; None where it is none, or could be two.

        day_alone: whether a day without a time is its midnight. Aware only where the text tells an
        offset.
        """
        # A set: two formats may fit one text, and only if both say the same moment is it one.
        found = set()
        for one in _moments(self.date_format, self.time_format):
            if (moment := _moment(_parts(one, text))) is not None:
                found.add(moment)
                # The formats exclude each other then, so the first that fits is the only one.
                if not _either_way(self.date_format, self.time_format):
                    break
        if (
            not found
            and day_alone
            and (parts := _parts(self.date_format or DAYS, text)) is not None
        ):
            day = _day(parts)
            return datetime.combine(day, time()) if day else None
        return found.pop() if len(found) == 1 else None

    def time(self, text: str) -> time | None:
        """The time of a day that a text stands for, where its format tells no day; None where it is
        none.
        """
        # Not hh:mm, which may as well be minutes and seconds.
        for one in (self.time_format,) if self.time_format else TIMES[::2]:
            if not compiled(one).has_day and (parts := _parts(one, text)) is not None:
                return _time(parts)
        return None


@cache
def _moments(date_format: str, time_format: str) -> tuple[str, ...]:
    """The formats of a moment: a day before a time or after it, unless the time's own format tells
    the day.
    """
    if time_format and compiled(time_format).has_day:
        return (time_format,)
    day, times = date_format or DAYS, (time_format,) if time_format else TIMES
    return tuple(text for one in times for text in (f"{day} {one}", f"{day}T{one}", f"{one} {day}"))


@cache
def _either_way(date_format: str, time_format: str) -> bool:
    """Whether one text may be a day before a time and a time before a day,
    as 10.11.12 09.10.11 is.
    """
    forms = [
        re.sub("9+", "9", re.sub("%.", "9", one)) for one in _moments(date_format, time_format)
    ]
    return len(set(forms)) < len(forms)


def _parts(written: str, text: str) -> dict[str, str] | None:
    found = compiled(written).fits.fullmatch(text)
    return found and found.groupdict()


def _day(parts: Mapping[str, str]) -> date | None:
    year = (
        int(parts["Y"])
        if "Y" in parts
        else int(parts["y"]) + (1900 if int(parts["y"]) >= CENTURY_FROM else 2000)
    )
    name = parts.get("b") or parts.get("B") or ""
    month = int(parts["m"]) if "m" in parts else MONTH[name[:3].lower()]
    try:
        day = date(year, month, int(parts["d"]))
    except ValueError:
        return None
    weekday = (parts.get("a") or parts.get("A") or "").lower()
    # A wrong weekday says that day and month were taken for each other.
    return day if WEEKDAYS[day.weekday()].startswith(weekday) else None


def _time(parts: Mapping[str, str]) -> time:
    hour = (
        int(parts["H"])
        if "H" in parts
        else int(parts["I"]) % 12 + (12 if parts["p"][0] in "pP" else 0)
    )
    return time(
        hour, int(parts["M"]), int(parts.get("S", 0)), int(parts.get("f", "0").ljust(6, "0"))
    )


def _moment(parts: Mapping[str, str] | None) -> datetime | None:
    if parts is None or (day := _day(parts)) is None:
        return None
    return datetime.combine(day, _time(parts), _offset(parts["z"]) if "z" in parts else None)


def _offset(text: str) -> timezone:
    if text in "zZ":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def form_of(text: str) -> str:
    """What a text looks like, for sentences: its digits as 9, its letters as A, and what no
    terminal shows as ?.
    """
    # A log's text may hold anybody's data; a refusal shows its form alone.
    digits = re.sub(r"\d", "9", text[:32])
    return re.sub("[^ -~]", "?", re.sub(r"[^\W\d_]", "A", digits))
