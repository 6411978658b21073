"""Lists of what waits for a person: a kind of row for each, whose fields are its columns."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

Row = TypeVar("Row")
JSON_ALONE = {"terminal": False}  # of a field that a terminal tells by another one
TERMINAL = {"json": False}  # of a field that is no part of the answer, but says how to show it


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """A list: its title, its rows, and how many more there are. For a terminal also the kind of the
    rows, what an empty list means, and whether it is to be cut to a screen.
    """

    title: str
    kind: type[Row] = field(metadata=TERMINAL)
    rows: tuple[Row, ...]
    empty: str = field(metadata=TERMINAL)
    more: int = 0  # a program that is not told of a cut would take the part for the whole
    screen: bool = field(default=False, metadata=TERMINAL)


KeyParts = tuple[str | None, ...]  # None: a person's key, which is not shown


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was refused whole (by the number of its receipt), or a row that cannot be used as
    a record (RECEIPT:LINE), with all its reasons.
    """

    refused: str  # RECEIPT, or RECEIPT:LINE
    received: datetime
    sender: str
    file_name: str
    record: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfilePut:
    """A sender's profile: the SHA-256 of its text, None where it has none any more; since when, and
    who put it.
    """

    sender: str
    sha256: str | None
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things of a list there are of one sender, lot or reason."""

    of: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingsOfRule:
    """Findings and notices of one rule: how many are open, explained and closed,
    and one of them.
    """

    rule: str
    record: str
    outcome: str
    severity: str
    holds: str
    open: int  # findings, as the next two
    explained: int
    closed: int
    first: str


@dataclass(frozen=True, slots=True)
class OneFinding:
    """A finding that nobody has closed, by the number that `lots resolve finding` and `lots show
    finding` take.
    """

    finding: int
    rule: str
    state: str
    holds: str
    record: str
    key: KeyParts
    opened: datetime
    told_by: str


@dataclass(frozen=True, slots=True)
class PackFinding:
    """A finding on a pack, and every line that tells of the pack."""

    finding: int
    rule: str
    state: str
    holds: str
    record: str
    key: KeyParts
    opened: datetime
    told_by: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A thing of which a rule across records waits for a record that is due, or has a notice."""

    rule: str
    outcome: str
    record: str
    key: KeyParts
    due: date | None  # the last day on which it is in time
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class Parked:
    """What rows name and nobody has sent: which record, the first known things that it looks like
    and why, how many rows of which record name it by which link, and of the newest its sender, its
    place (RECEIPT:LINE, as `lots resolve parked` takes it) and its key.
    """

    waits_for: str
    named: KeyParts
    looks_like: tuple[str, ...]
    record: str
    link: str
    rows: int
    newest: datetime | None
    sender: str
    row: str
    key: KeyParts


@dataclass(frozen=True, slots=True)
class Contested:
    """A key whose versions contradict each other, by the number of its finding, which `lots resolve
    contested` takes.
    """

    finding: int | None
    record: str
    key: KeyParts
    versions: int
    possible: bool
    opened: datetime | None
    sender: str


@dataclass(frozen=True, slots=True)
class PendingOfRule:
    """Things for which a rule across records waits, or has a notice; overdue where a day has
    passed.
    """

    rule: str
    outcome: str
    subjects: int
    overdue: int  # of these subjects, by today
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
    """Keys of a record whose versions contradict each other. The keys themselves may name
    people.
    """

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
    """A standing version of a contested key, as `lots resolve contested --keep` takes it, with its
    file and day, and what it says where the versions differ (a person's key is not shown).
    """

    keep: str
    file_name: str
    sender: str
    received: datetime
    says: tuple[str, ...]


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
    reason: str  # strong, or a slip: only a strong one keeps a line from being left out


@dataclass(frozen=True, slots=True)
class Held:
    """A unit, lot or case that findings hold (docs/held.md): which and why, since when, and what
    would end it. packed_lots: how many packed lots a pool or lot was made into.
    """

    holds: str
    record: str
    key: KeyParts
    state: str
    since: datetime
    why: tuple[str, ...]
    findings: tuple[int, ...] = field(metadata=JSON_ALONE)
    packed_lots: int | None  # None of what is no pool or lot
    ends_with: tuple[str, ...]  # calls, as one types them
