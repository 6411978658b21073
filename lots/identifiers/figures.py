"""Names that a spreadsheet took for numbers: 22E1 becomes 2.20E+02, 1234567890123 becomes
1.23457E+12 (docs/near.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lots.identifiers.skeleton import ZERO, clean, skeleton, wide

KEPT = 15  # digits that a spreadsheet keeps of a number
MOST = 40  # digits before the point: no name is longer
_NUMBER = re.compile(r"'?([0-9]{1,40})(?:([.,])([0-9]{1,40}))?(?:[eE]([+-]?[0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written: digits × 10^power. written: in a way that only a number is."""

    digits: str
    power: int
    scientific: bool
    written: bool

    @property
    def value(self) -> tuple[str, int]:
        """The number itself, however it is written."""
        least = self.digits.rstrip(ZERO)
        return least, self.power + len(self.digits) - len(least) if least else 0

    @property
    def whole(self) -> int:
        """How many digits stand before the point."""
        return len(self.digits) + self.power


def figure(name: str) -> Figure | None:
    """The number that a name can be read as; None where it is none, or is nothing."""
    found = _NUMBER.fullmatch(wide(name).strip())
    if not found:
        return None
    whole, point, part, power = found.groups()
    digits = (whole + (part or "")).lstrip(ZERO)
    read = Figure(digits, int(power or 0) - len(part or ""), power is not None, bool(point))
    return read if digits and abs(read.whole) <= MOST else None


def rewritten(name: str, known: str) -> str | None:
    """How a spreadsheet wrote a known name as a number, in words; None where it did not."""
    new, old = figure(name), figure(known)
    if new is None or old is None:
        return None
    numbers = new.scientific or old.scientific or new.written
    if numbers and new.value == old.value:
        return "as a spreadsheet writes it when it takes it for a number"
    if new.scientific and _rounded(old, len(new.digits)) == new.value:
        return "as a spreadsheet rounds it when it takes it for a number"
    if not new.scientific and old.whole > KEPT and new.whole == old.whole and _kept(new, old):
        return f"as a spreadsheet keeps it, {KEPT} digits and zeros"
    return None


def _rounded(of: Figure, digits: int) -> tuple[str, int] | None:
    """A number rounded to so many digits; None where it has no more."""
    least, power = of.value
    if len(least) <= digits:
        return None
    cut = len(least) - digits
    up = int(least[digits]) >= 5
    return Figure(str(int(least[:digits]) + up), power + cut, True, True).value


def _kept(new: Figure, old: Figure) -> bool:
    """Whether one number is another in the digits that are kept, or that a float of 64 bits has."""
    if old.power or new.power:
        return False
    cut = old.digits[:KEPT].ljust(old.whole, ZERO)
    exact = float(old.digits)
    return new.digits in (cut, str(int(exact)), str(int(Decimal(repr(exact)))))


# --- where to look --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Between:
    """Skeletons from one to another, in the order of their characters' numbers; of one length, with
    one ending, where these are told.
    """

    least: str
    most: str
    length: int = 0
    ending: str = ""


def spellings(name: str) -> set[str]:
    """Skeletons of the names that a spreadsheet may have written as this number, or this name as
    them.
    """
    read = figure(name)
    if read is None or not (read.scientific or read.written or read.digits[-1] == ZERO):
        return set()
    least, power = read.value
    if power < 0:
        return {least, f"{least}E{-power}", f"{least}E{-power:02d}"}
    powers = {power + len(least) - 1}
    found = {least + ZERO * power}
    for zeros in range(power + 1):
        for e in (*powers, power - zeros):
            found |= {f"{least}{ZERO * zeros}E{e}", f"{least}{ZERO * zeros}E{e:02d}"}
    return {skeleton(spelled) for spelled in found}


def spans(name: str) -> Iterator[Between]:
    """Where the names are that a spreadsheet rounded to this number."""
    read = figure(name)
    if read is None or read.power < 0:
        return
    if read.scientific:
        # As a whole: what was written of it, half a digit less and half a digit more.
        half = 5 * 10 ** (read.power - 1) if read.power else 0
        number = int(read.digits) * 10**read.power
        for length in (read.whole - 1, read.whole):
            yield from _of_length(number - half, number + half, length, len(read.digits))
    elif read.whole > KEPT and not clean(name)[-1].strip(ZERO):
        around = 10 ** (read.whole - KEPT)
        least, most = (str(int(read.digits) + n) for n in (-around, around))
        yield Between(least, most, read.whole)


def _of_length(least: int, most: int, length: int, shown: int) -> Iterator[Between]:
    """Numbers of so many digits between two: written out, or with a power of ten at their end."""
    for power in range(max(length - shown, 0)):
        low = max(-(-least // 10**power), 10 ** (length - power - 1))
        high = min(most // 10**power, 10 ** (length - power) - 1)
        if low > high:
            continue
        for ending in {f"E{power}", f"E{power:02d}"} if power else {""}:
            yield Between(str(low), f"{high}~", length - power + len(ending), skeleton(ending))
