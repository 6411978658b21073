"""The walk's reading of delimited text: its lines, its fields, and what is quoted."""

from collections.abc import Iterator
from typing import Any

Row = dict[str, str]
Profile = dict[str, Any]
# The line, and the row's text by column; None where the line is no row.
Read = tuple[int, Row | None]
SUMS = (
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub total",
    "sum",
    "sums",
    "summe",
    "summen",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "total general",
    "total général",
    "somme",
    "suma",
    "totale",
    "totaal",
)


def rows_of(lines: list[str], top: int, profile: Profile) -> Iterator[Read]:
    """The rows of a table whose header is the line at index `top`."""
    delimiter = profile.get("delimiter", ",")
    header, at = fields_of(lines, top, delimiter)
    assert header is not None
    while at < len(lines):
        first, (fields, at) = at, fields_of(lines, at, delimiter)
        whole = "\n".join(lines[first:at])
        if not whole.strip():
            continue
        if (
            fields is None
            or len(fields) != len(header)
            or fields == header
            or spoilt(whole)
            or _summed(fields)
        ):
            yield first + 1, None
        else:
            yield first + 1, dict(zip(header, fields, strict=True))


def _summed(fields: list[str]) -> bool:
    """A word for a sum, and nothing after it but numbers (docs/linking.md)."""
    word, *more = [field.strip() for field in fields if field.strip()] or [""]
    return word.lower().rstrip(":").strip() in SUMS and all(
        any(c in "0123456789" for c in text)
        and not text.strip("+-0123456789.,' \u00a0\u2009\u202f%")
        for text in more
    )


def spoilt(text: str) -> bool:
    """A NUL, or a byte that could not be decoded."""
    return "\0" in text or any("\ud800" <= c <= "\udfff" for c in text)


def fields_of(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The fields of the record that starts at a line and the index after it; no fields where its
    quote never closes.

    A quote opens a field at its start and closes it before a delimiter or the line's end; any other
    one does not fit.
    """
    fields: list[str] = []
    rest, last = lines[at].removesuffix("\r"), at
    while True:
        if rest.startswith('"'):
            field, rest, last = _quoted(lines, last, rest[1:])
            if field is None or (rest and not rest.startswith(delimiter)):
                return None, at + 1
            more, rest = rest[: len(delimiter)], rest[len(delimiter) :]
        else:
            field, more, rest = rest.partition(delimiter)
            if '"' in field:
                return None, at + 1
        fields.append(field)
        if not more:
            return fields, last + 1


def _quoted(lines: list[str], last: int, text: str) -> tuple[str | None, str, int]:
    """A field from after its opening quote, what follows it, and the line of its end; None where it
    never closes.
    """
    parts: list[str] = []
    while (end := _closing(text)) < 0:
        parts.append(text)
        last += 1
        if last == len(lines):
            return None, "", last
        text = lines[last].removesuffix("\r")
    return "\n".join([*parts, text[:end]]).replace('""', '"'), text[end + 1 :], last


def _closing(text: str) -> int:
    """Where the quote that is open at a text's start closes; a doubled one stands for itself. -1
    where it does not.
    """
    at = text.find('"')
    while at >= 0 and text[at + 1 : at + 2] == '"':
        at = text.find('"', at + 2)
    return at
