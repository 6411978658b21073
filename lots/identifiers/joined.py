"""Names into which others were run: a scanner lost the separator behind a lot's number or a serial,
or left its own prefix (docs/near.md).

What separates elements of GS1 is no character that one sees; keyboard scanners drop it
(jodal/biip#137, zxing/zxing#1457) (S).
"""

import re
from collections.abc import Iterator

from lots.identifiers.gtin import check_digit
from lots.identifiers.skeleton import clean, skeleton, wide

# ISO/IEC 15424: a bracket, a letter for the kind of code, and one character more.
_PREFIX = re.compile(r"^\s*\][A-Za-z][0-9A-Za-z]")
# GS1 General Specifications: of a known length (GTIN, SSCC, days), and not (10 lot, 21 serial).
_FIXED = re.compile(r"01[0-9]{14}|02[0-9]{14}|00[0-9]{18}|1[1-7][0-9]{6}")
_NAMED = ("10", "21")
_BEHIND = re.compile(r"(?:10|21).+|01[0-9]{14}.*|1[1-7][0-9]{6}.*")
_LABELS = re.compile(r"(?:LOTNUMBER|LOTNO|LOTNR|LOT|BATCHNO|BATCHNR|BATCH|CHB|CHARGE|SERIAL|SN)")
LEAST, LEAST_BEHIND = 3, 4  # characters of a part: shorter ones stand in any name
GTIN = 14

PREFIX = "with the prefix of a scanner"
LABEL = "with a word of the label in front"
AFTER = "with what a scanner read after it run in"
BEFORE = "with what a scanner read before it run in"


def parts(name: str) -> dict[str, str]:
    """The skeletons of what a name may be made of, each with how, in words."""
    found: dict[str, str] = {}
    bare = _PREFIX.sub("", wide(name))
    text = clean(bare)
    if text != clean(name):
        found[skeleton(text)] = PREFIX
    if label := _LABELS.match(text):
        _note(found, text[label.end() :], 1, LABEL)
    for start, least in _starts(text):
        for end in _ends(text, start):
            if (start, end) != (0, len(text)):
                _note(found, text[start:end], least, BEFORE if start else AFTER)
    return found


def _note(found: dict[str, str], part: str, least: int, words: str) -> None:
    if len(part) >= least and (left := skeleton(part)):
        found.setdefault(left, words)


def _starts(text: str) -> Iterator[tuple[int, int]]:
    """Where a lot's number or a serial may begin, and how long it is at least."""
    fronts = {*_fronts(text)}
    for at in range(len(text)):
        if at in fronts:
            yield at, LEAST
        # Digits are marks by chance: a name may begin wherever they could be one.
        if text.startswith(_NAMED, at):
            yield at + 2, LEAST if at in fronts else LEAST_BEHIND


def _fronts(text: str) -> Iterator[int]:
    """The beginning, and what follows elements of a known length that stand in front."""
    yield 0
    if text[: GTIN - 1].isdecimal() and text[GTIN - 1 : GTIN] == check_digit(text[: GTIN - 1]):
        yield GTIN  # it lost its own mark
    at = 0
    while fixed := _FIXED.match(text, at):
        at = fixed.end()
        yield at


def _ends(text: str, start: int) -> Iterator[int]:
    yield len(text)
    yield from (n for n in range(start + 1, len(text)) if _BEHIND.fullmatch(text, n))
