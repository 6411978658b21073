"""What a scanned string is: the packs that it can be read as, and why it was not read otherwise."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a GS1 string: its Application Identifier, and its value as it was sent."""

    ai: str
    value: str


Elements = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One pack that a string names; elements: all that the code tells, in its order.

    mended: in words, each way in which what was sent is not what a code holds. A mended reading may
    be none of the code's: it counts only where the serial that it gives is known.
    """

    gtin: str
    serial: str
    lot_number: str
    expires_on: date
    elements: Elements
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a string was not read, or not in one way: never with a character of what was sent."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What became of one string. Of what is no product code nothing is kept but kind and length."""

    kind: str
    length: int
    readings: tuple[Reading, ...] = ()
    refused: tuple[Refused, ...] = ()
