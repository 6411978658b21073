"""What a trace of one pack tells beside the tree: its labels, how its lot was made, who had it
when.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lots.answers.names import LotName


@dataclass(frozen=True, slots=True)
class Label:
    """A name of the pack, as a version of its record has it; itself: the name that was asked by."""

    gtin: str
    serial: str
    lot: LotName | None
    vials: int | None  # None: the record does not say, and nobody guesses
    content_g: str | None  # of one vial; a text, since JSON's numbers lose digits
    expires_on: date | None
    packed_at: datetime | None
    itself: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A treatment, filling or drying that its lot, or what that was made of, came out of: by record
    and key, which `lots show` takes; on: the dryer, line, method or process; known: whether its own
    record has arrived.
    """

    made: str
    key: tuple[str, ...]
    lot: LotName
    on: str
    began: datetime | None
    ended: datetime | None
    known: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """One step of the pack's way, told of itself or of a package that it was in."""

    moved: str
    at: datetime | None
    from_party: str | None
    to_party: str | None
    told: str  # itself, or the package that it was in
    record: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackHistory:
    """Its labels under each name, how it was made, and its way, the earliest first."""

    labels: tuple[Label, ...]
    made: tuple[Made, ...]
    custody: tuple[Moved, ...]


def grams(content: Decimal | None) -> str | None:
    """An amount as people write it, without zeros that say nothing."""
    if content is None:
        return None
    told = f"{content:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
