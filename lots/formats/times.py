"""What the time column of a dryer's log says: a clock, a local time, an instant, or seconds since
the run began.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

from lots.formats.clocks import Written, form_of

MICRO = 1_000_000
HOUR, DAY = 3_600 * MICRO, 86_400 * MICRO
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
OUR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECONDS_IN: Mapping[str, int] = {"s": 1, "min": 60, "h": 3_600, "d": 86_400}
AS_IN_THE_TEMPLATE = Written()
# Of the day of a log's first line.
GUESSES = tuple(
    Written(day, clock)
    for day in ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
    for clock in ("%I:%M:%S %p", "%I:%M %p", "")
)


class Since(StrEnum):
    """From when a time is counted."""

    START = "the start of its run"
    MIDNIGHT = "midnight"
    LOCAL = "a day of the local calendar"
    INSTANT = "an instant"


@dataclass(frozen=True, slots=True)
class Time:
    """A time in microseconds, and from when it is counted."""

    since: Since
    micro: int


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """How a log's time column is written; unit: of its plain numbers, empty where they are no
    times.
    """

    written: Written = AS_IN_THE_TEMPLATE
    unit: str = ""
    comma: bool = False

    @property
    def resolution(self) -> int:
        """Seconds that it can tell apart."""
        return 1 if self.written.has_seconds else 60

    def read(self, text: str) -> Time:
        """The time behind a text. Raises ValueError with a sentence that shows its form."""
        number = text.replace(",", ".", 1) if self.comma else text
        if self.unit and NUMBER.fullmatch(number):
            # Decimal: minutes with a fraction are no whole microseconds in floats.
            return Time(Since.START, round(Decimal(number) * SECONDS_IN[self.unit] * MICRO))
        moment = self._moment(text)
        if moment:
            return of_moment(moment)
        clock = self.written.time(text)
        if clock is None:
            raise ValueError(
                f"The time is written as '{form_of(text)}'; expected {self._expected()}."
            )
        return Time(Since.MIDNIGHT, of_clock(clock))

    def _moment(self, text: str) -> datetime | None:
        moment = self.written.moment(text, day_alone=True) if self.written else None
        if moment or self.written.turns_ours or not OUR_DAY.match(text):
            return moment
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return None if self.written.halves_days and moment.tzinfo is None else moment

    def _expected(self) -> str:
        if self.written:
            told = " ".join(filter(None, (self.written.date_format, self.written.time_format)))
            return f"{told}, as the sender's profile says"
        numbers = f"a number of {self.unit}, " if self.unit else ""
        return (
            f"{numbers}hh:mm:ss or YYYY-MM-DD hh:mm:ss; date_format and time_format in the sender's"
            " profile say how else days and times are written"
        )


def of_clock(clock: time) -> int:
    """Microseconds since midnight."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * MICRO + clock.microsecond


def of_moment(moment: datetime) -> Time:
    """A moment as a time; the local one's day is counted from 1970."""
    since = Since.INSTANT if moment.tzinfo else Since.LOCAL
    # UTC stands for the local calendar here: only differences between local times are used.
    past = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime(
        1970, 1, 1, tzinfo=UTC
    )
    return Time(since, (past.days * 86_400 + past.seconds) * MICRO + past.microseconds)


def started(text: str, written: Written) -> datetime | None:
    """When a controller says that its run began; None where its day could be two and the profile
    does not tell.
    """
    text = text.strip(" :\t\r\n")
    if not written:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            pass
    # Of a controller's first line alone, whose form no profile tells: several guesses must agree on
    # the day.
    ways = (written,) if written.date_format else GUESSES
    found = {moment for way in ways if (moment := way.moment(text, day_alone=True))}
    return found.pop() if len({moment.date() for moment in found}) == 1 else None


def first_midnight(start: datetime | None, first: Time) -> int | None:
    """Midnight of the day of a log's first line, in microseconds since 1970: the run's own day, or
    the next one.
    """
    if start is None or first.since is not Since.MIDNIGHT:
        return None
    day = of_moment(datetime.combine(date(start.year, start.month, start.day), time())).micro
    return day + DAY if first.micro < of_clock(start.time()) else day
