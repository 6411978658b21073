"""What quality assurance sees of today: what came, what is refused, held, open, silent;
and lots.
"""

from dataclasses import dataclass
from datetime import date, datetime

from lots.answers.balance import Balance
from lots.answers.decided import LotStatus
from lots.answers.lineage import Heard
from lots.answers.lists import Held, Listed, Refused


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that came, and what became of it."""

    receipt: int
    file: str
    sender: str
    record: str | None
    received: datetime
    status: str
    rows: int  # of the file, and what became of them
    accepted: int
    refused: int
    findings: int
    sentence: str


@dataclass(frozen=True, slots=True)
class FindingsByAge:
    """Open findings that hold the same kind of thing, by age; each in one column alone."""

    holds: str
    day: int  # findings of less than a day; then of a week, a month
    week: int
    month: int
    older: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class LotsOfStep:
    """How many pools or lots of one step are known by name."""

    step: str
    lots: int


@dataclass(frozen=True, slots=True)
class Point:
    """How many of something there were on a day, or in the month that it begins."""

    at: date
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Charted:
    """Counts over time, from one day to another; parts: what is counted,
    in the order of drawing.
    """

    name: str
    parts: tuple[str, ...]
    since: date
    until: date
    monthly: bool  # else by day
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """A number that a monitor watches."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """What is told at once. silent: senders of whom something is missing; statuses:
    packed lots by market, those on which a decision waits first."""

    at: datetime
    files: tuple[ArrivedFile, ...]
    refused: Listed[Refused]
    by_age: tuple[FindingsByAge, ...]
    silent: tuple[Heard, ...]
    lots: tuple[LotsOfStep, ...]
    charts: tuple[Charted, ...]
    statuses: tuple[LotStatus, ...]


@dataclass(frozen=True, slots=True)
class TodayBelow:
    """What takes longer to ask: all that findings hold, and the lots that are not explained to the vial."""

    held: Listed[Held]
    unexplained: Listed[Balance]
