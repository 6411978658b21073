"""A GS1 string cut into its elements: by its separators, or, where a scanner lost them, in every
way that it can be cut.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from lots.identifiers.scans.values import Element, Elements, Refused

GS = "\x1d"  # how scanners send the FNC1 between two elements (GS1 General Specifications, 7.8) (S)
MOST_TRIED = 5_000  # ends of elements, of one string: some 50 ms
# What stands on packs of medicines. Of other elements a lost separator is not looked for.
ON_PACKS = ("01", "17", "11", "21", "10", "710", "711", "712", "713", "714", "715", "716", "717")


@lru_cache(4096)  # whatever is sent begins with four characters of somebody's choice
def identifier(start: str) -> GS1ApplicationIdentifier | None:
    """The Application Identifier that four characters begin with; none begins another."""
    try:
        return GS1ApplicationIdentifier.extract(start)
    except ParseError:
        return None


def element(text: str) -> Element | None:
    """The one element that a text is, by biip's patterns; None where it is none or is too long."""
    found = identifier(text[:4])
    # By its pattern alone: biip's own reader takes what fits of a value that is too long and reads
    # on in its midst, asks the clock for the century, and calls a whole string wrong for one day.
    if found is None or not re.fullmatch(found.pattern, text, re.ASCII):
        return None
    return Element(found.ai, text[len(found.ai) :])


def split(text: str) -> Elements | Refused:
    """The elements of a string whose separators all came."""
    found = []
    rest = text.strip(GS)  # some scanners send the FNC1 in front as well, some printers one behind
    while rest:
        known = identifier(rest[:4])
        if known is None:
            return Refused("structure", "A part of it begins with no identifier of GS1.")
        end = _end(known, rest)
        one = element(rest[:end])
        if one is None:
            return Refused("structure", f"What stands for ({known.ai}) is none, or is too long.")
        found.append(one)
        rest = rest[end:].removeprefix(GS)
    return tuple(found)


def _end(known: GS1ApplicationIdentifier, rest: str) -> int:
    if known.separator_required:
        return rest.find(GS) if GS in rest else len(rest)
    return _whole(known)


def _whole(known: GS1ApplicationIdentifier) -> int:
    """How long an element is that needs no separator."""
    # N2+N14, N3+N13: the value's length stands behind the last N.
    return len(known.ai) + int(known.format.rpartition("N")[2])


class TooManyWays(ValueError):
    """A string without separators that is not cut to its end within MOST_TRIED tries."""


def splits(text: str) -> Iterator[Elements]:
    """Every way in which a string without separators can be cut into elements of medicines' packs,
    none of them twice with two values. Raises TooManyWays, so that no reading is taken for the only
    one of which others were not looked for.
    """
    yield from _cut(text, 0, (), count())


def _cut(text: str, at: int, before: Elements, tried: Iterator[int]) -> Iterator[Elements]:
    if at == len(text):
        yield before
        return
    known = identifier(text[at : at + 4])
    if known is None or known.ai not in ON_PACKS:
        return
    for end in _ends(text, known, at):
        # A string that somebody made for it could be cut in more ways than anybody waits for.
        if next(tried) > MOST_TRIED:
            raise TooManyWays
        one = element(text[at:end])
        if one and all(b.ai != one.ai or b == one for b in before):
            yield from _cut(text, end, (*before, one), tried)


def _ends(text: str, known: GS1ApplicationIdentifier, at: int) -> Iterator[int]:
    if not known.separator_required:
        yield at + _whole(known)
        return
    yield len(text)
    # Up to twenty characters, and only where another element can begin.
    first = at + len(known.ai) + 1
    for end in range(first, min(first + 20, len(text))):
        if text.startswith(ON_PACKS, end):
            yield end
