"""What `lots verify` found."""

from dataclasses import dataclass
from enum import StrEnum


class Tampering(StrEnum):
    """What is not as it was."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    OLDER = "older database"
    BYTES = "altered bytes"
    OUTSIDE = "altered outside"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the ledger says. entry: under which, None where no entry covers it;
    row: which, as lists tell it, empty where it is the entry itself.
    """

    kind: Tampering
    entry: int | None
    row: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RedactedRow:
    """A row of which something was taken out by two people: under which entry it stands, and under
    which that was done. It is whole as it is since.
    """

    entry: int
    row: str
    by_entry: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified, what is not as it was, and what was redacted. said: what a person should
    know of how far this proves anything.
    """

    intact: bool
    entries: int
    rows: int  # under all entries, each hashed again
    files: int  # of kept bytes, hashed again
    checkpoints: int  # outside, and those that somebody else kept
    checkpoint: str
    faults: tuple[Fault, ...]
    redacted: tuple[RedactedRow, ...]
    said: tuple[str, ...]
