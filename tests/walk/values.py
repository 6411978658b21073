"""The walk's reading of values: what a text means by its kind, a row's key and content, and check
digits.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.walk import canonical
from tests.walk.columns import COLUMNS, KEYS
from tests.walk.unknown import emptied

Typed = dict[str, Any]  # by column; None where empty or unreadable
Text = dict[str, str]
DAY = r"\d{4}-\d\d-\d\d"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
OFFSET = r"(Z|[+-](0\d|1[0-4]):[0-5]\d)"
GTIN = "[0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14}"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


def typed(kind: str, detail: str, text: str) -> object | None:
    """The value that a text stands for; None where it is not readable."""
    match kind:
        case "text":
            return text
        case "code":
            return text if re.fullmatch(r"[!-~]([ -~]{0,62}[!-~])?", text) else None
        case "gtin":
            return text.zfill(14) if re.fullmatch(GTIN, text) and not gs1_broken(text) else None
        case "choice":
            return text if text in detail.split("|") else None
        case "count":
            return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
        case "amount":
            whole, fraction = (detail or "9.6").split(".")
            shape = rf"-?[0-9]{{1,{whole}}}(\.[0-9]{{1,{fraction}}})?"
            return Decimal(text) if re.fullmatch(shape, text) else None
        case "day":
            return _real(date.fromisoformat, text) if re.fullmatch(DAY, text, re.ASCII) else None
        case _:
            whole_shape = f"{DAY}[T ]{CLOCK}{OFFSET}"
            return (
                _real(datetime.fromisoformat, text)
                if re.fullmatch(whole_shape, text, re.ASCII)
                else None
            )


def _real(make: Callable[[str], object], text: str) -> object | None:
    try:
        return make(text)
    except ValueError:
        return None


class Row(dict[str, Any]):
    """A row's typed values, what was sent, and the columns in which that could not be read."""

    unread: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()  # of every file in which a row with its content stood

    def __init__(self, values: dict[str, Any], text: Text) -> None:
        super().__init__(values)
        self.text = text


def values(record: str, text: Text) -> Row:
    """The typed values of a row."""
    known = emptied(record, text)
    row = Row(
        {
            name: typed(kind, detail, known[name]) if known.get(name) else None
            for name, (kind, detail) in COLUMNS[record].items()
        },
        text,
    )
    row.unread = frozenset(name for name, value in row.items() if known.get(name) and value is None)
    return row


def unread(row: Typed, column: str) -> bool:
    """Whether something was sent in a column that could not be read."""
    return column in getattr(row, "unread", ())


def content(record: str, text: Text, row: Typed) -> str:
    """What makes two rows of one key the same: values, what was sent where unreadable, and
    undeclared columns; as the hash of docs/canonical.md.
    """
    sent = {name: value for name, value in text.items() if value and row.get(name) is None}
    unread = {name: value for name, value in sent.items() if name in row}
    undeclared = {name: value for name, value in sent.items() if name not in row}
    return canonical.content(record, row, unread, undeclared)


def key_of(record: str, row: Typed) -> tuple[str, ...] | None:
    """The key as text; None where a part of it is empty or unreadable."""
    parts = [row[name] for name in KEYS[record]]
    return None if any(part is None for part in parts) else tuple(str(part) for part in parts)


def gs1_broken(code: object) -> bool:
    """Weights 3, 1, 3 … from the right over the digits before the last; an empty code is not
    judged.
    """
    if code is None:
        return False
    if not re.fullmatch("[0-9]+", str(code)) or len(str(code)) not in (8, 12, 13, 14, 18):
        return True
    *digits, last = [int(c) for c in str(code)]
    total = sum(digit * (1 if i % 2 else 3) for i, digit in enumerate(reversed(digits)))
    return (10 - total % 10) % 10 != last


def gtin_broken(text: str | None) -> bool:
    """Whether a text of as many digits as a GTIN has ends with another digit than the computed one."""
    return bool(text) and re.fullmatch(GTIN, str(text)) is not None and gs1_broken(text)


def sscc_broken(code: object) -> bool:
    """A package's number has 18 digits; an empty one is not judged."""
    return code is not None and (len(str(code)) != 18 or gs1_broken(code))


def check_character(number: str) -> str | None:
    """ISO 7064 mod 37-2 as the Red Book's Annex 2 writes it; None where a character has no value."""
    if not number or any(c not in ALPHABET for c in number):
        return None
    total = sum(ALPHABET.index(c) * 2**n for n, c in enumerate(reversed(number), 1))
    return ALPHABET[(38 - total % 37) % 37]
