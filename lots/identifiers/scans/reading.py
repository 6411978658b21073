"""A raw string, read: every pack that it can name, and why not otherwise. Whoever scans asks
here.
"""

import re
from collections.abc import Iterator, Set
from datetime import date
from itertools import chain, product
from urllib.parse import parse_qsl, urlsplit

from biip import ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI

from lots.identifiers.scans import foreign, sent
from lots.identifiers.scans.checked import checked
from lots.identifiers.scans.elements import GS, TooManyWays, element, identifier, split, splits
from lots.identifiers.scans.values import Element, Elements, Reading, Refused, Scan

LONGEST = 512  # characters: two codes of all that GS1 allows on a medicine
MOST = 16  # readings of one string: more are told as too many
MOST_MARKS = 10  # brackets that may be a mark or a part of a value
_LINK = re.compile(r"https?://")
_PRODUCT = re.compile(r"(?:\(?01\)?|https?://.*/01/)(\d{14})", re.ASCII)
_MARK = re.compile(r"\((\d{2,4})\)", re.ASCII)
# What may be another's fault than a lost separator's; then no other way is tried.
GRAVE = ("twice", "check digit", "day", "excluded")
Found = Reading | Refused


def read(raw: str, today: date) -> Scan:
    """Read a string as a scanner sent it. today: of the century in which two digits of a year
    are.
    """
    text = _once(raw.strip(sent.ENDS))
    if not text or len(text) > LONGEST:
        return Scan(foreign.OTHER, len(raw), (), (Refused(foreign.OTHER, "It is no code."),))
    found = [f for way in sent.ways(text) for f in _of_way(way, today)]
    readings = tuple(dict.fromkeys(f for f in found if isinstance(f, Reading)))
    refused = tuple(dict.fromkeys(f for f in found if isinstance(f, Refused)))
    if any(r.code == "many" for r in refused):
        readings = ()  # of those that were found none is the only one
    if len(readings) > MOST:
        return Scan(foreign.PRODUCT, len(raw), (), (_many(len(readings)),))
    if readings:
        return Scan(foreign.PRODUCT, len(raw), readings, refused)
    kind, says = _kind(text, {r.code for r in refused})
    # Of a product's code it is told what is wrong with it; of any other, what it is.
    return Scan(kind, len(raw), (), refused if kind == foreign.PRODUCT and refused else (says,))


def _once(text: str) -> str:
    """A code that was read twice, one right behind the other, is one."""
    half = len(text) // 2
    return text[:half] if text[:half] == text[half:] else text


def _many(count: int) -> Refused:
    return Refused("many", f"It can be read in {count} ways; expected {MOST} at most.")


def _kind(text: str, refused: Set[str]) -> tuple[str, Refused]:
    (prefix, body), *_ = sent.codes(sent.ways(text)[0].text) or (("", text),)
    kind, says = foreign.kind_of(prefix, body)
    if kind in (foreign.OTHER, "url") and _names_a_product(body, refused):
        return foreign.PRODUCT, Refused("structure", "It is no whole code of a pack.")
    return kind, says


def _names_a_product(body: str, refused: Set[str]) -> bool:
    """Whether a string begins as a product's code does, or was one but for what is wrong with
    it.
    """
    found = _PRODUCT.match(body.lstrip(GS))
    if found is None:
        return False
    return foreign.is_gtin(found[1]) or bool(refused & {*GRAVE, "incomplete"})


def _of_way(way: sent.Sent, today: date) -> list[Found]:
    codes = sent.codes(way.text)
    if len(codes) == 1:
        return _of_code(*codes[0], today, way.mended)
    return _of_codes(codes, today, way.mended)


def _of_codes(
    codes: tuple[tuple[str, str], ...], today: date, mended: tuple[str, ...]
) -> list[Found]:
    """Two codes of one pack, a bar code and a square one, or halves: taken together, each as it
    came. Of two packs they contradict each other.
    """
    parts = [_as_sent(prefix, body) for prefix, body in codes]
    if wrong := [p for p in parts if isinstance(p, Refused)]:
        return [*wrong]
    return [checked(tuple(chain(*(p for p in parts if not isinstance(p, Refused)))), today, mended)]


def _as_sent(prefix: str, body: str) -> Elements | Refused:
    if foreign.is_gtin(body):
        return (Element("01", body.zfill(14)),)
    if prefix not in sent.OF_GS1 and _LINK.match(body):
        return _link(body)
    if prefix and prefix not in sent.OF_GS1:
        return foreign.kind_of(prefix, body)[1]
    return split(body)


def _of_code(prefix: str, body: str, today: date, mended: tuple[str, ...]) -> list[Found]:
    if body.startswith("(") and prefix in ("", *sent.OF_GS1):
        return _bracketed(body, today, mended)
    cut = _as_sent(prefix, body)
    first = cut if isinstance(cut, Refused) else checked(cut, today, mended)
    if isinstance(first, Reading) or first.code in GRAVE:
        return [first]
    # Separators that came are trusted: one that is gone beside others makes a lot that is unlike
    # the record's, and not a second reading of every lot in which the digits of a mark happen to
    # stand.
    whole = GS in body.strip(GS) or not _is_strung(prefix, body)
    return [first] if whole else [first, *_mended(body, today, mended)]


def _is_strung(prefix: str, body: str) -> bool:
    """Whether it is made of elements, and neither an address nor another's code."""
    return prefix in ("", *sent.OF_GS1) and not _LINK.match(body) and not foreign.is_gtin(body)


def _mended(body: str, today: date, mended: tuple[str, ...]) -> Iterator[Found]:
    for text in sent.separated(body):
        cut = split(text)
        if not isinstance(cut, Refused):
            yield checked(cut, today, (*mended, sent.CHANGED))
    if sent.is_legible(body):
        try:
            found = [checked(way, today, (*mended, sent.LOST)) for way in splits(body)]
        except TooManyWays:
            found = [Refused("many", "It can be read in more ways than are looked through.")]
        yield from (f for f in found if isinstance(f, Reading) or f.code == "many")


def _link(body: str) -> Elements | Refused:
    """A GS1 Digital Link: https://…/01/GTIN/10/LOT/21/SERIAL?17=YYMMDD."""
    try:
        told = GS1DigitalLinkURI.parse(body).element_strings
    except (ParseError, ValueError):
        return Refused("link", "It is an address, and no Digital Link of GS1.")
    # biip takes the last of two values of one key, in silence.
    asked = [Element(*pair) for pair in parse_qsl(urlsplit(body).query) if _is_mark(pair[0])]
    return (*(Element(e.ai.ai, e.value) for e in told), *asked)


def _bracketed(body: str, today: date, mended: tuple[str, ...]) -> list[Found]:
    """As it is printed beside a code: (01)…(21)…. A value may hold brackets too, so that each mark
    but the first may be a part of one.
    """
    text = "".join(body.replace(GS, "").split())
    marks = [m for m in _MARK.finditer(text) if _is_mark(m[1])]
    if not marks or marks[0].start() or len(marks) > MOST_MARKS:
        return [Refused("structure", "It begins with no identifier of GS1 in brackets.")]
    found = []
    for taken in product((True, False), repeat=len(marks) - 1):
        chosen = [marks[0], *(m for m, is_mark in zip(marks[1:], taken, strict=True) if is_mark)]
        ends = [*(m.start() for m in chosen[1:]), len(text)]
        parts = [element(m[1] + text[m.end() : end]) for m, end in zip(chosen, ends, strict=True)]
        if all(parts):
            found.append(checked(tuple(p for p in parts if p), today, mended))
    readings = [f for f in found if isinstance(f, Reading)]
    return [*readings] or [*found[:1]] or [Refused("structure", "A part of it is no element.")]


def _is_mark(ai: str) -> bool:
    known = identifier(ai)
    return known is not None and known.ai == ai
