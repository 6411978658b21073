"""What a scan is told: the verdict, every ground, every check, and how its string was read."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A pack that the string can be read as; mended: in words, what had to be mended for it."""

    gtin: str
    serial: str
    lot_number: str
    expires_on: date
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundTold:
    """One ground: its code and words, what it makes of the scan, who answers or overrides,
    a note.
    """

    code: str
    says: str
    makes: str  # the verdict that it alone would give
    by: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CheckTold:
    """One check, and whether it could be made."""

    code: str
    says: str
    ran: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """A verdict, and the number under which its scan is kept. Of a string that is no product's code
    nothing is told but its kind and length.

    verdict: GO, ASK, QUARANTINE, NO VERDICT or STOP; by: who must answer or override, all of them;
    overridable: whether a stop can be overridden; norm: the version of the table that it is from;
    nowhere: of a place of which no record tells, that sentence with the nearest names, else empty.
    """

    scan: int
    purpose: str
    site: str
    at: datetime
    verdict: str
    overridable: bool
    by: tuple[str, ...]
    grounds: tuple[GroundTold, ...]
    checks: tuple[CheckTold, ...]
    kind: str
    length: int  # characters
    readings: tuple[ReadAs, ...]
    refused: tuple[str, ...]
    norm: int  # so that a verdict of last year can be read by its own table
    nowhere: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What was booked: its number, of which scan, what for; the verdict as it was then; the grounds
    that were answered or overridden.
    """

    booking: int
    scan: int
    purpose: str
    verdict: str
    overrides: tuple[str, ...]
