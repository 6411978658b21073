"""All that is known of one thing: every version of a row, what was sent and what was read, and what
hangs on it; and of one finding the rule, the value and the limit.
"""

from dataclasses import dataclass
from datetime import date, datetime

from lots.answers.lists import Held, KeyParts


@dataclass(frozen=True, slots=True)
class Value:
    """A column of a row: what was read, as text, and what was sent where that is something else.
    shown: whether it may be seen by whoever asked.
    """

    column: str
    unit: str
    read: str | None
    sent: str | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a row, by RECEIPT:LINE, and whether it stands; if not, why. as_sent: whether
    what was sent may be seen by whoever asked.
    """

    row: str
    file_name: str
    sender: str
    received: datetime
    stands: bool
    why: str
    as_sent: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class FindingOn:
    """A finding on the thing, and what is now of it."""

    finding: int
    rule: str
    state: str
    holds: str
    opened: datetime
    says: str


@dataclass(frozen=True, slots=True)
class WaitsFor:
    """What a rule across records waits for of the thing, or notices."""

    rule: str
    outcome: str
    due: date | None
    waits_for: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the thing names by a link; arrived: whether a record of it has."""

    link: str
    record: str
    key: KeyParts
    arrived: bool


@dataclass(frozen=True, slots=True)
class HangsOn:
    """How many rows of a record name the thing by a link, and the keys of the first of them. rows
    is empty where they name it by a person's key, and may not be looked for.
    """

    record: str
    link: str
    rows: int | None
    first: tuple[KeyParts, ...]  # a few: whoever wants all of them asks for one


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is known of one key of a record. contested: by the number of its finding."""

    record: str
    key: KeyParts
    versions: tuple[Version, ...]
    contested: int | None
    findings: tuple[FindingOn, ...]
    waits: tuple[WaitsFor, ...]
    names: tuple[Names, ...]
    hangs_on_it: tuple[HangsOn, ...]
    held_by: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person, or a newer record, said of a finding."""

    kind: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding: its rule in words, with the limit and where it comes from, the values that it
    judged, what was said of it, what it holds; and the thing that it is on.
    """

    finding: int
    rule: str
    rule_version: int
    says: str
    limit: str
    citation: str
    outcome: str
    severity: str
    state: str
    opened: datetime
    told_by: str
    values: tuple[Value, ...]
    judges_by: tuple[str, ...]
    said: tuple[Said, ...]
    holds: str
    held: tuple[Held, ...]
    on: Shown


@dataclass(frozen=True, slots=True)
class ShownRefused:
    """A row that cannot be used as a record: where it stands, with all its reasons. sent: the line
    as it came; may_name: what of its links can still be read; both for whoever may see them.
    """

    row: str
    file_name: str
    sender: str
    received: datetime
    record: str | None
    reasons: tuple[str, ...]
    as_sent: bool
    sent: str | None
    may_name: tuple[tuple[str, tuple[str, ...]], ...]
