"""The walk's reading of a sender's profile, from README.md: which version a file is of, and amounts
in other units.
"""

import re
from datetime import date
from typing import Any

from tests.walk.columns import COLUMNS, KEYS, REQUIRED
from tests.walk.measures import turned, usual
from tests.walk.unknown import words

Profile = dict[str, Any]
# What concerns a whole file, where nothing is said.
WHOLE = {
    "encoding": "utf-8",
    "delimiter": ",",
    "trim": False,
}
# A column's unit by the end of its name; the longer end first.
OWN = {
    "_iu_ml": "IU/mL",
    "_ug_ml": "ug/mL",
    "_g_dl": "g/dL",
    "_ml_kg_h": "mL/kg/h",
    "_ml_h": "mL/h",
    "_mtorr": "mTorr",
    "_nm": "nm",
    "_um": "um",
    "_ml": "mL",
    "_l": "L",
    "_kg": "kg",
    "_g": "g",
    "_h": "h",
    "_min": "min",
    "_s": "s",
    "minute": "min",
    "days": "d",
    "_c": "°C",
}


def versions(profile: Profile) -> list[tuple[date, Profile]]:
    """Every version with its first day; the first one is from the beginning of time."""
    first = {name: value for name, value in profile.items() if name != "version"}
    found = [(date.min, first)]
    for told in profile.get("version", []):
        changes = {name: value for name, value in told.items() if name != "from"}
        found.append((told["from"], {**found[-1][1], **changes}))
    return found


def version_of(
    file_name: str, found: list[tuple[date, Profile]], headers: list[list[str] | None], record: str
) -> Profile | None:
    """The version that a file is of, by its header as each version splits it; None where it is
    refused whole.
    """
    unknown = [
        _unknown(record, names, profile) for names, (_, profile) in zip(headers, found, strict=True)
    ]
    left = [
        n
        for n, mine in enumerate(unknown)
        if mine is not None and not any(other is not None and other < mine for other in unknown)
    ]
    on = {max(n for n, (start, _) in enumerate(found) if start <= day) for day in days(file_name)}
    if len(on) == 1:
        return found[on.pop()][1] if on <= set(left) else None
    said = [_concerns(record, headers[n] or [], found[n][1]) for n in left]
    return found[left[-1]][1] if left and all(one == said[0] for one in said) else None


def days(file_name: str) -> list[date]:
    """The days in a file's name: 2026-07-15 or 20260715, no digit beside it."""
    found = []
    for digits in re.findall(r"(?<!\d)(\d{8}|\d{4}-\d\d-\d\d)(?!\d)", file_name):
        text = digits.replace("-", "")
        try:
            day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            continue
        found += [day] * (1900 <= day.year < 2100)
    return found


def _unknown(record: str, names: list[str] | None, profile: Profile) -> set[str] | None:
    """The names in a header that a version does not know; None where it does not fit."""
    if names is None:
        return None
    ours = [profile.get("columns", {}).get(name, name) for name in names]
    if len(set(ours)) < len(ours) or not {*KEYS[record], *REQUIRED[record]} <= set(ours):
        return None
    return {name for name, our in zip(names, ours, strict=True) if our not in COLUMNS[record]}


def _concerns(record: str, names: list[str], profile: Profile) -> list[Any]:
    """All that a version says of a file with such a header."""
    said: list[Any] = [profile.get(name, usual) for name, usual in WHOLE.items()]
    for name in sorted(names):
        our = profile.get("columns", {}).get(name, name)
        kind, _ = COLUMNS[record].get(our, ("", ""))
        number = kind in ("amount", "count")
        unit = usual(profile.get("units", {}).get(our, own(our))) if number else ""
        marks = (profile.get("decimal_comma", False), profile.get("grouping", "")) if number else ()
        absent = (
            str(profile.get("missing", []))
            if number
            else words(record, our, profile.get("missing"))
        )
        times = (
            (profile.get("date_format", ""), profile.get("time_format", ""))
            if kind in ("day", "instant")
            else ()
        )
        said.append(
            (
                name,
                our,
                unit,
                marks,
                absent,
                times,
                profile.get("zone") if kind == "instant" else "",
            )
        )
    return said


def own(column: str) -> str:
    """The unit of one of our columns."""
    return next((unit for end, unit in OWN.items() if column.endswith(end)), "")


def in_own_unit(column: str, text: str, unit: str, kind: str, detail: str) -> str:
    """The text of an amount in the column's own unit; what is no number stays as it is."""
    places = int((detail or "9.6").split(".")[1])
    return turned(
        text, unit, own(column), places, difference=column == "margin_c", count=kind == "count"
    )
