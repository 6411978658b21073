"""What hand scanners make of a code: prefixes, separators that became something else, keyboards of
other countries, upper case for lower.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lots.identifiers.scans.elements import GS

# ISO/IEC 15424: a bracket, a letter for the kind of code, a digit for how it was read.
PREFIX = re.compile(r"\]([A-Za-z][0-9A-Za-z])")
OF_GS1 = ("d2", "C1", "Q3", "e0", "J1")  # FNC1 in front: the code says that it is of GS1 (S)
ENDS = " \t\r\n\0\x02\x03"
# What scanners are set to send where a keyboard has no GS. In the first group no value of GS1 can
# hold them; those of the second may also be text.
SEPARATORS = ("<GS>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "[FNC1]", "[F8]", "{F8}", "^]", "\\x1d",
              "\\x1D", "\\u001d", "\\u001D", "\\035", "\\F", "␝", "&#29;", "~d029", "~1")  # fmt: skip
LEGIBLE = ("<GS>", "<FNC1>", "(GS)", "%1D", "%1d", "<F8>", "F8")
# CSET 82 of the General Specifications: what values may hold.
_FOREIGN = re.compile(r"[^!-\"%-?A-Z_a-z]")

_US = "`1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"|ZXCVBNM<>?"
_FRENCH = "²&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*wxcvbn,;:!~1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µWXCVBN?./§"
_GERMAN = "^1234567890ß´qwertzuiopü+asdfghjklöä#yxcvbnm,.-°!\"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄ'YXCVBNM;:_"
FRENCH = str.maketrans(_FRENCH, _US)
GERMAN = str.maketrans(_GERMAN, _US)
_FRENCH_DIGITS = frozenset("&é\"'(-è_çà")
LAYOUT = "typed on a keyboard of another country"
CASE = "with upper case for lower"
CHANGED = "with another sign in place of the separator"
LOST = "without its separators"


@dataclass(frozen=True, slots=True)
class Sent:
    """A string as it may have stood in the code, and in words what became of it on its way."""

    text: str
    mended: tuple[str, ...] = ()


def ways(text: str) -> tuple[Sent, ...]:
    """As what a string was sent: several where its prefix tells of a change, not of which."""
    if _is_french(text):
        return (Sent(text.translate(FRENCH), (LAYOUT,)),)
    # Keys of Germany, Italy and Spain have + where ] should be; only Germany's exchange y and z.
    if text[:1] == "+" and text[1:3] in OF_GS1:
        return _several("]" + text[1:], text.translate(GERMAN), LAYOUT)
    found = PREFIX.match(text)
    if found and found[1] not in OF_GS1 and found[1].swapcase() in OF_GS1 and found[1] != "E0":
        right = "]" + found[1].swapcase()
        # Either all letters were exchanged, or all were made alike: what they were is not known.
        return _several(right + text[3:], right + text[3:].swapcase(), CASE)
    return (Sent(text),)


def _several(one: str, other: str, mended: str) -> tuple[Sent, ...]:
    return tuple(Sent(text, (mended,)) for text in dict.fromkeys((one, other)))


def _is_french(text: str) -> bool:
    digits = sum(letter in _FRENCH_DIGITS for letter in text)
    return digits >= 16 and not any(letter.isdecimal() for letter in text)


def codes(text: str) -> tuple[tuple[str, str], ...]:
    """(prefix, what follows) of each code in a string: two are told apart by the end of a line, or
    by the prefix of the second.
    """
    found = []
    for line in re.split(r"[\r\n\t]+", text):
        starts = [m.start() for m in PREFIX.finditer(line) if m[1] in (*OF_GS1, "d1", "Q1", "E0")]
        cuts = sorted({0, *starts, len(line)})
        for start, end in pairwise(cuts):
            prefix = PREFIX.match(line, start, end)
            body = line[prefix.end() if prefix else start : end].strip(ENDS)
            if body:
                found.append((prefix[1] if prefix else "", body))
    return tuple(dict.fromkeys(found))  # a code that was read twice is one


def separated(text: str) -> Iterator[str]:
    """The string with its separators, for each sign that may stand for them."""
    for sign in (*SEPARATORS, *LEGIBLE):
        if sign in text and is_legible(text.replace(sign, "")):
            yield text.replace(sign, GS)
    # One and the same character, wherever one stands that no value can hold.
    signs = {*_FOREIGN.findall(text)}
    if len(signs) == 1:
        yield text.replace(signs.pop(), GS)


def is_legible(text: str) -> bool:
    """Whether all of it may stand in values of GS1."""
    return not _FOREIGN.search(text)
