"""Lists of what waits for a person: a kind of row for each, whose fields are its columns."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

Row = TypeVar("Row")
TERMINAL = {"json": False}  # of a field that is no part of the answer, but says how to show it


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """A list: its title and its rows. For a terminal also the kind of these, and what an empty list
    means.
    """

    title: str
    kind: type[Row] = field(metadata=TERMINAL)
    rows: tuple[Row, ...]
    empty: str = field(metadata=TERMINAL)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be used as a record, with all its reasons."""

    file_name: str
    sender: str
    line: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingsOfRule:
    """Findings and notices of one rule: how many are open, explained and closed, and one of them."""

    rule: str
    record: str
    outcome: str
    severity: str
    holds: str
    open: int
    explained: int
    closed: int
    first: str


@dataclass(frozen=True, slots=True)
class OneFinding:
    """A finding that nobody has closed, by the number that `lots resolve finding` takes."""

    finding: int
    record: str
    state: str
    holds: str
    opened: datetime
    told_by: str


@dataclass(frozen=True, slots=True)
class PackFinding:
    """A finding on a pack, and every line that tells of the pack."""

    finding: int
    record: str
    state: str
    holds: str
    opened: datetime
    told_by: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PendingOfRule:
    """Things for which a rule across records waits, or has a notice; overdue where a day has passed."""

    rule: str
    outcome: str
    subjects: int
    overdue: int
    first_due: date | None
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class ParkedLinks:
    """Links of one name whose target has not arrived."""

    record: str
    link: str
    target: str
    rows: int


@dataclass(frozen=True, slots=True)
class ContestedKeys:
    """Keys of a record whose versions contradict each other. The keys themselves may name people."""

    record: str
    keys: int
    versions: int


@dataclass(frozen=True, slots=True)
class ReceivedOfRecord:
    """What was received of a record type."""

    record: str
    files: int
    rows: int
    accepted: int
    known: int
    refused: int
    findings: int


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """A standing version of a contested key, as `lots resolve contested --keep` takes it."""

    keep: str
    version: int
    they_differ_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedOutcome:
    """Things of which a rule's answer changed."""

    rule: str
    before: str
    after: str
    subjects: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is overdue, as a sentence."""

    what: str


@dataclass(frozen=True, slots=True)
class MeantLine:
    """A line of which a person said which lot it means, and what that word is now."""

    row: str
    record: str
    state: str


@dataclass(frozen=True, slots=True)
class NearLine:
    """A parked line, and a known lot or pack that a name of it looks like. reason: strong where it
    keeps what the name says; else a slip makes the one of the other.
    """

    row: str
    file: str
    came: date
    told: str
    looks_like: str
    why: str
    reason: str
