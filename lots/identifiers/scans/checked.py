"""Elements held against what GS1 asks of them: check digits, days, what may stand together; and
whether they name one pack.
"""

import calendar
from collections.abc import Sequence
from datetime import date

from lots.identifiers.gtin import check_digit
from lots.identifiers.scans import pairs
from lots.identifiers.scans.values import Element, Elements, Reading, Refused

# What a pack of a medicine carries: product, serial, expiry, lot (Reg. (EU) 2016/161, Art. 4;
# DSCSA, 581(14)) (G).
PACK = {"01": "product", "21": "serial", "17": "expiry", "10": "lot"}
# How many digits of a value end in a check digit (gs1-syntax-dictionary, csum) (S).
CHECKED = {
    **dict.fromkeys(("253", "255", *map(str, range(410, 418))), 13),
    **dict.fromkeys(("01", "02", "8003", "8006", "8026"), 14),
    "402": 17,
    **dict.fromkeys(("00", "8017", "8018"), 18),
}
DAYS = ("11", "12", "13", "15", "16", "17", "7003", "7006")
WHOLE = ("7003", "7006")  # of these the day may not be 00


def checked(elements: Elements, today: date, mended: Sequence[str] = ()) -> Reading | Refused:
    """The pack that elements name, or the first thing that is wrong with them."""
    values = {e.ai: e.value for e in elements}
    days = {e.ai: _day(e, today) for e in elements if e.ai in DAYS}
    wrong = (
        _twice(elements)
        or pairs.excluded(values.keys())
        or next((w for e in elements if (w := _digit(e))), None)
        or next((_no_day(ai) for ai, found in days.items() if found is None), None)
        or pairs.lacking(values.keys())
    )
    if wrong:
        return wrong
    expires_on = days.get("17")
    missing = [f"{what} ({ai})" for ai, what in PACK.items() if ai not in values]
    if missing or expires_on is None:
        return Refused("incomplete", f"It lacks {' and '.join(missing)}: it names no one pack.")
    return Reading(values["01"], values["21"], values["10"], expires_on, elements, tuple(mended))


def _twice(elements: Elements) -> Refused | None:
    values: dict[str, str] = {}
    for one in elements:
        if values.setdefault(one.ai, one.value) != one.value:
            return Refused("twice", f"({one.ai}) stands in it twice, with two values.")
    return None


def _digit(one: Element) -> Refused | None:
    length = CHECKED.get(one.ai)
    if length is None:
        return None
    key = one.value[:length]
    if key[-1] == check_digit(key[:-1]):
        return None
    return Refused("check digit", f"The check digit of ({one.ai}) is not the computed one.")


def _day(one: Element, today: date) -> date | None:
    return None if one.ai in WHOLE and one.value[4:6] == "00" else day(one.value[:6], today)


def _no_day(ai: str) -> Refused:
    return Refused("day", f"({ai}) is no day of the calendar.")


def day(digits: str, today: date) -> date | None:
    """The day that YYMMDD means, 00 as the month's last; None where there is none such.

    The century is the one that lies nearest (GS1 General Specifications, 7.12) (S).
    """
    year, month, number = (int(digits[n : n + 2]) for n in (0, 2, 4))
    apart = year - today.year % 100
    year += today.year - today.year % 100 + (-100 if apart >= 51 else 100 if apart <= -50 else 0)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, number or last) if number <= last else None
