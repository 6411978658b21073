"""Names that a spreadsheet took for days: MAR3, 3-3 or 03/22 become 3-Mar, 2022-03-01 or 44621
(docs/near.md).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lots.identifiers.skeleton import wide

# In English, German, French, Spanish, Italian, Dutch and Portuguese, as spreadsheets show them.
_WORDS = """
JAN JANUARY JANUAR JÄN JÄNNER JANV JANVIER ENE ENERO GEN GENNAIO JANUARI JANEIRO
FEB FEBRUARY FEBRUAR FEBER FÉVR FÉV FÉVRIER FEBRERO FEBBRAIO FEBRUARI FEV FEVEREIRO
MAR MARCH MÄRZ MÄR MRZ MARS MARZO MRT MAART MARÇO
APR APRIL AVR AVRIL ABR ABRIL APRILE
MAY MAI MAYO MAG MAGGIO MEI MAIO
JUN JUNE JUNI JUIN JUNIO GIU GIUGNO JUNHO
JUL JULY JULI JUIL JUILLET JULIO LUG LUGLIO JULHO
AUG AUGUST AOÛT AGO AGOSTO AUGUSTUS
SEP SEPT SEPTEMBER SEPTEMBRE SEPTIEMBRE SET SETTEMBRE SETEMBRO
OCT OCTOBER OKT OKTOBER OCTOBRE OCTUBRE OTT OTTOBRE OUT OUTUBRO
NOV NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO
DEC DECEMBER DEZ DEZEMBER DÉC DÉCEMBRE DIC DICIEMBRE DICEMBRE DEZEMBRO
"""
MONTHS = {
    word: number
    for number, line in enumerate(_WORDS.strip().splitlines(), 1)
    for word in line.split()
}
Day = tuple[int | None, int, int | None]  # year, month, day of the month
_FIRST = date(1899, 12, 30)  # day 0 of a spreadsheet, for all days since March 1900
_NUMBERED = range(18_264, 73_051)  # 1950 to 2099: other numbers of five digits are taken for none
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00([.,]0+)?)?( ?AM)?(Z|[+-]00:?00)?$")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_SHAPE = re.compile(r"[ ]*([0-9]+|[^\W\d_]+)([-/. ]{0,2}([0-9]+|[^\W\d_]+)){0,2}[. ]*")


def taken_for_day(name: str, known: str) -> str | None:
    """How a spreadsheet wrote a known name as a day, in words; None where it did not."""
    if not (_is_shown(name) or _is_shown(known) or (_is_numbered(name) and _is_parted(known))):
        return None
    if any(_is_same(a, b) for a in readings(name) for b in readings(known)):
        return "as a spreadsheet writes it when it takes it for a day"
    return None


def _is_same(a: Day, b: Day) -> bool:
    """Whether one of two days is the other: a year or a day of the month that is not told is filled
    in by the spreadsheet, the day as the first.
    """
    years = a[0] == b[0] or ((a[0] is None) != (b[0] is None) and None not in (a[2], b[2]))
    return years and a[1] == b[1] and (a[2] or 1) == (b[2] or 1)


def _tokens(name: str) -> list[str]:
    text = _MIDNIGHT.sub("", wide(name).upper().strip(" '"))
    return _TOKEN.findall(text) if _SHAPE.fullmatch(text) else []


def _is_parted(name: str) -> bool:
    return len(_tokens(name)) > 1


def _is_shown(name: str) -> bool:
    """Whether a name is as a spreadsheet shows a day: with a month's word, a year of four digits,
    or three parts.
    """
    tokens = _tokens(name)
    words = any(token in MONTHS for token in tokens)
    return len(tokens) > 1 and (words or len(tokens) == 3 or any(len(t) == 4 for t in tokens))


def _is_numbered(name: str) -> bool:
    tokens = _tokens(name)
    return len(tokens) == 1 and _number(tokens[0]) in _NUMBERED and len(tokens[0]) == 5


def _number(token: str) -> int:
    return int(token) if token.isdecimal() and token.isascii() and len(token) <= 8 else -1


def readings(name: str) -> set[Day]:
    """Every day, and every month, that a name can be read as."""
    tokens = _tokens(name)
    if not tokens or any(_number(t) < 0 and t not in MONTHS for t in tokens):
        return set()
    if len(tokens) == 1:
        return {*_of_digits(tokens[0])}
    return {*_of_two(*tokens)} if len(tokens) == 2 else {*_of_three(*tokens)}


def _of_digits(token: str) -> Iterator[Day]:
    """A day that is written in one: its number in a spreadsheet, or year, month and day."""
    if _is_numbered(token):
        day = _FIRST + timedelta(_number(token))
        yield day.year, day.month, day.day
    cuts = {6: ((0, 2, 4, 6),), 8: ((0, 4, 6, 8), (0, 2, 4, 8))}.get(len(token), ())
    for a, b, c, d in cuts:
        yield from _of_three(token[a:b], token[b:c], token[c:d])


def _of_two(one: str, other: str) -> Iterator[Day]:
    for month, n in ((one, other), (other, one)):
        for m in _month(month):
            if 1 <= _number(n) <= 31:
                yield None, m, _number(n)
            for year in _year(n):
                yield year, m, None


def _of_three(a: str, b: str, c: str) -> Iterator[Day]:
    for year, month, day in ((a, b, c), (c, b, a), (c, a, b)):
        for m in _month(month):
            for y in _year(year):
                if 1 <= _number(day) <= 31:
                    yield y, m, _number(day)


def _month(token: str) -> Iterator[int]:
    if token in MONTHS:
        yield MONTHS[token]
    elif 1 <= _number(token) <= 12 and len(token) <= 2:
        yield _number(token)


def _year(token: str) -> Iterator[int]:
    if len(token) == 2 and _number(token) >= 0:
        yield from (1900 + _number(token), 2000 + _number(token))
    elif len(token) == 4 and 1900 <= _number(token) < 2100:
        yield _number(token)


# --- where to look --------------------------------------------------------------------------------


def spellings(name: str) -> set[str]:
    """The names that a spreadsheet may have taken for the day that a name is."""
    if not (_is_shown(name) or _is_numbered(name)):
        return set()
    return {spelled for day in readings(name) for spelled in _spelled(*day)}


def _spelled(year: int | None, month: int, day: int | None) -> Iterator[str]:
    months = [str(month), f"{month:02d}", *(w for w, m in MONTHS.items() if m == month)]
    years = [f"{year % 100:02d}", str(year)] if year else []
    days = [str(day), f"{day:02d}"] if day else []
    # A day was told without a year, and a month without a day, before they were filled in.
    for m in months:
        for n in (*days, *(years if day in (None, 1) else ())):
            yield from (m + n, n + m)
        for y, d in ((y, d) for y in years for d in days):
            yield from (y + m + d, d + m + y, m + d + y)
    if year and day:
        yield str((date(year, month, min(day, 28)) - _FIRST).days + max(day - 28, 0))
