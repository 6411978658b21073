"""The walk's reading of how numbers are written, from README.md: marks, units, operators, and typed
files.
"""

import re
import struct
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Profile = dict[str, Any]
NEITHER = "neither: "  # before a text that must not be read
BLANKS = " \u00a0\u2009\u202f"
# Floats of fewer bytes, and how the struct module calls them.
SHORT = {
    "float": "f",
    "halffloat": "e",
}
KINDS = ("amount", "count", "code", "gtin")  # which may come as a typed number
OPERATORS = {"\u2264": "<=", "\u2265": ">="}


class Number(str):
    """A number of a file that has types: no sender's mark is in it."""

    __slots__ = ()


class Truth(str):
    """True or false of a file that has types."""

    __slots__ = ()


class Moment(str):
    """A timestamp of a file that has types."""

    __slots__ = ()


def marked(text: str, profile: Profile, kind: str) -> str:
    """A number by the sender's decimal mark and grouping; what looks like one and is none is
    neither.
    """
    comma, between = profile.get("decimal_comma", False), profile.get("grouping", "")
    if isinstance(text, Number) or not (comma or between):
        return text
    between = {" ": BLANKS, "'": "'\u2019"}.get(between, between)
    whole, mark, fraction = text.removeprefix("-").partition("," if comma else ".")
    groups = re.split(f"[{re.escape(between)}]", whole) if between else [whole]
    plain = all(_digits(group) for group in groups) and (_digits(fraction) if mark else True)
    threes = (
        len(groups[0]) <= 3
        and groups[0][:1] != "0"
        and all(len(group) == 3 for group in groups[1:])
    )
    if plain and (threes or len(groups) == 1) and not (mark and kind == "count"):
        return (
            ("-" if text.startswith("-") else "")
            + "".join(groups)
            + ("." + fraction if mark else "")
        )
    bare = text.removeprefix("-")
    alike = _digits(bare[:1]) and not set(bare) - set(f"0123456789.,'\u2019{BLANKS}")
    return NEITHER + text if alike else text


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def operated(row: dict[str, str], profile: Profile) -> None:
    """Take the operator that leads a test result's value into its own column."""
    said = re.fullmatch(r"\s*(<=|>=|[<>=\u2264\u2265])\s*(.+)", row.get("value", ""), re.DOTALL)
    row["operator"] = OPERATORS.get(row.get("operator", ""), row.get("operator", ""))
    if not said:
        row["value"] = marked(row.get("value", ""), profile, "amount")
        return
    operator, number = OPERATORS.get(said[1], said[1]), marked(said[2], profile, "amount")
    if re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", number) and row["operator"] in ("", operator):
        row["operator"], row["value"] = operator, number


def untyped(value: object, arrow: str = "") -> str:
    """The text of a typed value; arrow: the name of its type in Parquet."""
    match value:
        case None:
            return ""
        case bool():
            return Truth(str(value).lower())
        case float() if arrow in SHORT and value == value:
            return Number(
                next(
                    text
                    for n in range(1, 10)
                    if _same(text := f"{value:.{n}g}", value, SHORT[arrow])
                )
            )
        case int() | float() | Decimal():
            return Number(value)
        case datetime():
            return Moment(
                value.isoformat()
                + (f" and {more} ns" if (more := getattr(value, "nanosecond", 0)) else "")
            )
        case date():
            return value.isoformat()
        case str():
            return value
        case _:
            return f"{value}, which has no text"


def _same(text: str, value: float, form: str) -> bool:
    return struct.pack(form, float(text)) == struct.pack(form, value)


def of_kind(text: str, kind: str, choices: str) -> str:
    """A typed value as a column of a kind has it."""
    if isinstance(text, Truth) and choices == "yes|no":
        return {"true": "yes", "false": "no"}[text]
    if isinstance(text, Moment) and kind == "day":
        return re.sub(r"T00:00:00([+-][0-9:]+)?$", "", text)
    shape = r"-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]{1,3})?"
    if not isinstance(text, Number) or kind not in KINDS or not re.fullmatch(shape, text, re.I):
        return text
    plain = f"{Decimal(text):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    plain = "0" if plain == "-0" else plain
    return (
        text
        if kind in ("code", "gtin") and not re.fullmatch("-?[0-9]{1,15}", plain)
        else Number(plain)
    )
