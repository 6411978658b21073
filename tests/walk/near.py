"""Whether two names may be one, written differently: the walk's own way, until a page says it."""

import unicodedata
from datetime import date, timedelta

SHORTEST = 4  # of what may be run into another


def alike(one: str, other: str) -> bool:
    """Whether two names are equal or near."""
    left, right = _plain(one), _plain(other)
    if not left or not right:
        return False
    return (
        left == right
        or left.lstrip("0") == right.lstrip("0")
        or _run_together(left, right)
        or _one_off(left, right)
        or _by_spreadsheet(one, other)
        or _by_spreadsheet(other, one)
    )


def _plain(name: str) -> str:
    """The letters and digits of a name alone, small and wide ones as usual, O as 0, I and L as 1."""
    usual = unicodedata.normalize("NFKC", name).upper()
    return "".join(c for c in usual if c.isalnum()).translate(str.maketrans("OIL", "011"))


def _run_together(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST and (long.startswith(short) or long.endswith(short))


def _one_off(one: str, other: str) -> bool:
    """Whether one sign differs, is missing, or two are swapped."""
    if min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differing = [n for n in range(len(one)) if one[n] != other[n]]
        swapped = len(differing) == 2 and one[differing[0]] == other[differing[1]]
        return len(differing) == 1 or (swapped and one[differing[1]] == other[differing[0]])
    short, long = sorted((one, other), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _by_spreadsheet(one: str, other: str) -> bool:
    """Whether one is what a spreadsheet makes of the other: a number, or a day."""
    try:
        if float(one) == float(other):
            return True
    except ValueError:
        pass
    days = {_plain(text) for text in _as_days(one)}
    return bool(days) and _plain(other) in days


def _as_days(name: str) -> list[str]:
    """A serial number of a spreadsheet's days, or a day, in the usual spellings."""
    try:
        day = date(1899, 12, 30) + timedelta(int(name)) if name.isdigit() else _day(name)
    except (ValueError, OverflowError):
        return []
    return [] if day is None else [f"{day:{form}}" for form in ("%d-%b", "%b-%d", "%d%b", "%b%y")]


def _day(name: str) -> date | None:
    return date.fromisoformat(name)
