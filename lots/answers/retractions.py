"""What `lots retract` answers: what was said of which rows, and what hangs on them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RetractedRow:
    """A row, as RECEIPT:LINE, and what it is now: stands, proposed, in force, taken back …"""

    row: str
    record: str
    state: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of a whole receipt that are named one by one or not at all: why, how many, the first."""

    why: str
    rows: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retracted:
    """What became of each row, what was left out, and how many wait for another person."""

    rows: tuple[RetractedRow, ...]
    left_out: tuple[LeftOut, ...]
    waiting: int  # rows


@dataclass(frozen=True, slots=True)
class Effect:
    """Of what is derived, what the next word would change: of what, how it changes,
    and how many.
    """

    what: str
    of: str
    becomes: str
    rows: int


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding on one of the rows, which no retraction closes or explains."""

    finding: int
    rule: str
    state: str
    holds: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on rows, tried and not written: whether they wait for a second person, and what
    then changes.
    """

    rows: tuple[RetractedRow, ...]
    left_out: tuple[LeftOut, ...]
    second_person: int  # rows
    effects: tuple[Effect, ...]  # as tried in a transaction that was taken back
    findings: tuple[KeptFinding, ...]


@dataclass(frozen=True, slots=True)
class StandingRetraction:
    """A retraction that is proposed or in force, and for whom it waits."""

    row: str
    record: str
    state: str
    kind: str
    by: str
    at: datetime
    reason: str
    waits_for: str
