"""The walk's reading of docs/canonical.md: the form of a row, and its hash. Nothing of the library,
and nothing but the standard one.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

Texts = Mapping[str, str]
MARK = "\x1e"
GIVEN = Path(__file__).parents[2] / "docs" / "column_numbers.txt"


@cache
def numbers() -> dict[str, dict[str, int]]:
    """The numbers of each record's columns, by their names."""
    found: dict[str, dict[str, int]] = {}
    for line in GIVEN.read_text(encoding="utf-8").splitlines():
        record, number, name = line.split()
        found.setdefault(record, {})[name] = int(number)
    return found


def content(record: str, row: Mapping[str, object], unread: Texts, undeclared: Texts) -> str:
    """The hash of a row in hexadecimal digits."""
    told = form(record, numbers()[record], row, unread, undeclared)
    return sha256(b"\x00" + told.encode()).hexdigest()


def form(
    record: str,
    number: Mapping[str, int],
    row: Mapping[str, object],
    unread: Texts,
    undeclared: Texts,
) -> str:
    """The form of a row: values by column, texts that are none of their columns, and other columns."""
    parts = ["plasma-lots row 1", MARK, record]
    for name in sorted(row, key=lambda name: number[name]):
        value = row[name]
        if value is not None:
            parts += [MARK, str(number[name]), "=", written(value)]
        if isinstance(value, datetime):
            parts += [MARK, str(number[name]), "@", str(_offset(value) // timedelta(minutes=1))]
    for name in sorted(unread, key=lambda name: number[name]):
        parts += [MARK, str(number[name]), "?", written(unread[name])]
    for name in sorted(undeclared, key=str.encode):
        parts += [MARK, "*", written(name), MARK, "=", written(undeclared[name])]
    return "".join(parts)


def written(value: object) -> str:
    """A value as it stands in the form."""
    if isinstance(value, datetime):
        since = value.replace(tzinfo=None) - datetime(2000, 1, 1) - _offset(value)  # noqa: DTZ001
        return (since // timedelta(microseconds=1)).to_bytes(8, "big", signed=True).hex()
    if isinstance(value, date):
        return str((value - date(2000, 1, 1)).days)
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if plain == "-0" else plain
    return str(value).replace(MARK, MARK + MARK)


def _offset(value: datetime) -> timedelta:
    offset = value.utcoffset()
    assert offset is not None, "an instant has an offset"
    return offset
