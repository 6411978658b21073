"""Whether a name that nobody knows is a known one, rewritten: the walk's own reading of docs/near.md, of what
is strong there.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

LOOK_ALIKE = str.maketrans("OQILZSGB", "00112568")
# Capitals of Cyrillic and Greek that are drawn as those of ASCII.
DRAWN = str.maketrans("АВЕКМНОРСТХУІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXYISJABEZHIKMNOPTYX")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?([eE][+-]?\d+)?")
IN_FRONT = re.compile(r"(?:lot|batch|charge|ch\.?-?b\.?|serial|sn)[\s.:#-]+(.+)", re.IGNORECASE)
# A GTIN, an SSCC, or a day of fixed length.
ELEMENT = re.compile(r"(?:01)?\d{14}|00\d{18}|1[1357]\d{6}")
WIDTHS = (15, 16, 20)  # to which systems cut
MONTHS = (
    "jan januar january janvier ene enero gen gennaio januari janv januari",
    "feb februar february fev fevr fevrier febrero febbraio februari",
    "mar mrz march marz mars marzo maart mrt marco",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio mei maio",
    "jun juni june juin junio giu giugno junho",
    "jul juli july juil juillet julio lug luglio julho",
    "aug august aou aout ago agosto augustus",
    "sep sept september septembre septiembre set settembre setembro",
    "okt oct october oktober octobre octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dez dec december dezember decembre dic diciembre dicembre dezembro",
)
Day = tuple[int | None, int, int | None]


@cache
def alike(unknown: str, known: str) -> bool:
    """Whether a name is equal to a known one, or a rewriting that keeps what it says."""
    if max(len(unknown), len(known)) > 90:
        return False
    return (
        unknown == known
        or _same_skeleton(unknown, known)
        or _same_number(unknown, known)
        or _same_day(unknown, known)
        or any(_same_skeleton(part, known) for part in _run_in(unknown))
        or (len(unknown) in WIDTHS and known.startswith(unknown))
    )


@cache
def _skeleton(name: str) -> str:
    usual = unicodedata.normalize("NFKC", name).upper().translate(DRAWN)
    kept = "".join(c for c in usual if c.isascii() and c.isalnum())
    return kept.translate(LOOK_ALIKE).lstrip("0")


def _same_skeleton(one: str, other: str) -> bool:
    return bool(_skeleton(one)) and _skeleton(one) == _skeleton(other)


def _same_number(unknown: str, known: str) -> bool:
    said, was = NUMBER.fullmatch(unknown), NUMBER.fullmatch(known)
    if not said or not was:
        return False
    left, right = (Decimal(text.replace(",", ".")) for text in (unknown, known))
    if left == right:
        return bool(said[1] or was[1] or "." in unknown or "," in unknown)
    if said[1]:
        digits = len(re.sub(r"[eE].*|\D", "", unknown))
        return Decimal(f"{right:.{digits - 1}e}") == left
    whole = re.sub(r"\D", "", known)
    kept = {int(whole[:15].ljust(len(whole), "0")), int(Decimal(repr(float(whole or 0))))}
    return len(whole) > 15 and int(left) in kept


def _same_day(unknown: str, known: str) -> bool:
    serial = unknown.isdigit() and len(unknown) == 5 and bool(_parts(known)[1:])
    if not (serial or _is_shown(unknown) or _is_shown(known)):
        return False
    return any(
        one[1] == other[1] and _fits(one[0], other[0]) and _fits(one[2] or 1, other[2] or 1)
        for one in _days(unknown)
        for other in _days(known)
    )


def _fits(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _parts(name: str) -> list[str]:
    plain = re.sub(r"[ T]\d\d:\d\d(:\d\d)?$", "", name).lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    if not re.fullmatch(r"[a-z0-9 ./-]+", plain):
        return []
    return re.findall(r"\d+|[a-z]+", plain)


def _month(word: str) -> int | None:
    return next((n for n, words in enumerate(MONTHS, 1) if word in words.split()), None)


def _is_shown(name: str) -> bool:
    """Whether a name looks like a day: a month's word, a year of four digits, or three parts."""
    parts = _parts(name)
    year = len(parts) > 1 and any(re.fullmatch(r"(19|20)\d\d", part) for part in parts)
    return any(_month(part) for part in parts) or year or len(parts) == 3


def _days(name: str) -> Iterator[Day]:
    """What a name may be as a day: its year, month and day of the month, as far as it tells them."""
    parts = _parts(name)
    if len(parts) == 1 and parts[0].isdigit():
        if (
            len(name) == 5
            and 1950 <= (counted := date(1899, 12, 30) + timedelta(int(name))).year < 2100
        ):
            yield counted.year, counted.month, counted.day
        if len(name) in (6, 8):
            half = len(name) - 4
            for cut in ((half, half + 2), (2, 4)):
                parts = [name[: cut[0]], name[cut[0] : cut[1]], name[cut[1] :]]
                yield from _ordered(parts)
        return
    yield from _ordered(parts)


def _ordered(parts: list[str]) -> Iterator[Day]:
    words = [_month(part) for part in parts]
    if any(part.isalpha() and month is None for part, month in zip(parts, words, strict=True)):
        return
    values = [month or int(part) for part, month in zip(parts, words, strict=True)]
    for at, month in enumerate(values):
        if not 1 <= month <= 12 or (any(words) and not words[at]):
            continue
        rest = values[:at] + values[at + 1 :]
        if len(rest) == 1:
            yield None, month, rest[0]
            yield _year(rest[0]), month, None
        elif len(rest) == 2:
            yield _year(rest[0]), month, rest[1]
            yield _year(rest[1]), month, rest[0]


def _year(value: int) -> int:
    return value if value > 99 else 2000 + value


def _run_in(name: str) -> Iterator[str]:
    """What is left of a name without what a scanner read before or after it."""
    plain = re.sub(r"^\][A-Za-z]\d", "", name)
    if plain != name:
        yield plain
    if word := IN_FRONT.fullmatch(plain):
        yield word[1]
    for at in range(len(plain)):
        for element in ("10", "21"):
            if plain.startswith(element, at):
                yield from _long(plain[:at], 3)
                for rest in (plain[at + 2 :], *_cut(plain[at + 2 :])):
                    yield from _long(rest, 4 if at else 3)
        if found := ELEMENT.match(plain, at):
            yield from _long(plain[:at], 3)
            if at == 0:
                yield from _long(plain[found.end() :], 3)


def _cut(rest: str) -> Iterator[str]:
    """The same up to what looks like a next element."""
    for at in range(1, len(rest)):
        if rest.startswith(("10", "21"), at) or ELEMENT.match(rest, at):
            yield rest[:at]


def _long(rest: str, fewest: int) -> Iterator[str]:
    if len(rest) >= fewest:
        yield rest
