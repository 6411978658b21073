"""A sender's profile: how its export differs from the template, as data, so that it need not change
it.

A template changes over time: the profile then has versions, each in force from its day until the
next one's.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from lots import zones
from lots.errors import CallError
from lots.formats import clocks, missing, units
from lots.formats.numbers import MARKS
from lots.grammar.schema import Record


@dataclass(frozen=True, slots=True)
# Nothing here is guessed from a file: what a profile does not say is as our own form has it.
class Profile:
    """Columns renamed (theirs → ours), encoding, delimiter, decimal comma, what groups thousands,
    blanks trimmed, zone of bare times, units; how days and times are written, what no reading looks
    like, what in a log's name is its run.

    since: the first day on which it is in force, None for the first version. versions: the later
    ones, in their order. sha256: of the text that says all of it; empty where there is none.
    """

    sender: str = ""
    encoding: str = "utf-8"
    delimiter: str = ""
    decimal_comma: bool = False
    grouping: str = ""
    trim: bool = False
    zone: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    plant: str = ""
    run: str = ""
    date_format: str = ""
    time_format: str = ""
    missing: Sequence[str] | Mapping[str, Sequence[str]] = ()
    since: date | None = None
    versions: tuple["Profile", ...] = ()
    # Two texts that say the same read alike: a comment in one makes no other profile of it.
    sha256: bytes = field(default=b"", compare=False)

    @property
    def written(self) -> clocks.Written:
        """How days and times are written."""
        return clocks.Written(self.date_format, self.time_format)

    @property
    def every(self) -> tuple["Profile", ...]:
        """The first version and all later ones, the oldest first."""
        return (replace(self, versions=()), *self.versions)

    def from_day(self, since: date | None) -> "Profile":
        """The version that begins on that day; None is the first one."""
        return next(version for version in self.every if version.since == since)

    def on(self, day: date) -> "Profile":
        """The version in force on a day."""
        return [version for version in self.every if version.since is None or version.since <= day][
            -1
        ]


TYPES: Mapping[str, type] = {
    "encoding": str,
    "delimiter": str,
    "decimal_comma": bool,
    "grouping": str,
    "trim": bool,
    "zone": str,
    "columns": dict,
    "units": dict,
    "plant": str,
    "run": str,
    "date_format": str,
    "time_format": str,
    "missing": object,
}
GROUPING = "one of . , ' and a blank, other than the decimal mark"
RUN = "a regular expression with at most one group, such as 'Cycle ([0-9]+)'"
EXPECTED: Mapping[str, str] = {
    "encoding": "a text",
    "delimiter": "one character",
    "decimal_comma": "true or false",
    "grouping": GROUPING,
    "trim": "true or false",
    "zone": "a text",
    "columns": "a table of texts",
    "units": "a table of texts",
    "plant": "a text",
    "run": RUN,
    "date_format": "a text",
    "time_format": "a text",
    "missing": "",
}


def parsed(sender: str, text: str | None) -> Profile:
    """The profile that a text says, or a plain one where there is none. Raises CallError for a bad
    one.
    """
    if text is None:
        return Profile(sender=sender)
    try:
        told = tomllib.loads(text)
        later = told.pop("version", [])
        own = {"sender": sender, "sha256": hashlib.sha256(text.encode()).digest()}
        first = checked(Profile(**{**own, **_settings(told, "sender")}))
        return replace(first, versions=_versions(first, later))
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise CallError(f"The profile of {sender} cannot be read: {error}.") from error


def _settings(told: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """What is told; TypeError where a name is no setting."""
    # A misspelt setting would be no setting, and every value would be read by the default in
    # silence.
    if unknown := [name for name in told if name not in (*TYPES, *more)]:
        raise TypeError(f"'{unknown[0]}' is no setting; expected {', '.join(TYPES)}")
    return dict(told)


def _versions(first: Profile, told: Any) -> tuple[Profile, ...]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise TypeError("version is no list of tables; expected [[version]] before each")
    found: list[Profile] = []
    for one in told:
        found.append(_version(found[-1] if found else first, one))
    return tuple(found)


def _version(before: Profile, told: dict[str, Any]) -> Profile:
    """The version after another: what it does not say is as it was before."""
    since = told.pop("from", None)
    # type, not isinstance: a datetime is a date too, and its time would be lost.
    if type(since) is not date or (before.since and since <= before.since):
        raise CallError(
            f"Profile of {before.sender}: a version is from {since!s:.20}; expected a day such as "
            "2026-07-01, later than that of the version before it."
        )
    return checked(replace(before, since=since, **_settings(told)))


def checked(profile: Profile) -> Profile:
    """The profile itself; CallError where a value is of another type, or its zone or encoding does
    not exist.
    """
    for name, kind in TYPES.items():
        if not _is_of(profile, name, kind):
            raise _wrong(profile, name, getattr(profile, name), EXPECTED[name])
    for name, text, expected in _not_understood(profile):
        raise _wrong(profile, name, text, expected)
    own_mark = ".,"[profile.decimal_comma]
    if profile.grouping and (profile.grouping not in MARKS or profile.grouping == own_mark):
        raise _wrong(profile, "grouping", profile.grouping, GROUPING)
    _check_place(profile)
    return profile


def _is_of(profile: Profile, name: str, kind: type) -> bool:
    """Whether a value is of its type, with texts where it is a table, and one mark at most."""
    value = getattr(profile, name)
    texts = (
        kind is object
        or not isinstance(value, dict)
        or all(isinstance(text, str) for text in value.values())
    )
    too_long = name == "delimiter" and len(profile.delimiter) > 1
    return isinstance(value, kind) and texts and not too_long


def _wrong(profile: Profile, name: str, value: object, expected: str) -> CallError:
    return CallError(f"Profile of {profile.sender}: {name} is {value!r}; expected {expected}.")


def _check_place(profile: Profile) -> None:
    """Whether its clocks and its letters are ones that exist here."""
    try:
        if profile.zone:
            zones.zone(profile.zone)
        # Lines and fields are found in bytes: of UTF-16 they would be split in the middle of a
        # character.
        if "\n,".encode(profile.encoding) != b"\n,":
            raise LookupError(profile.encoding)
    except ZoneInfoNotFoundError as error:
        raise CallError(
            f"Profile of {profile.sender}: zone '{profile.zone}' does not exist; expected an IANA"
            " name such as Europe/Berlin."
        ) from error
    except (LookupError, UnicodeError) as error:
        raise CallError(
            f"Profile of {profile.sender}: encoding '{profile.encoding}' cannot be used; expected"
            " one that keeps ASCII as it is, such as utf-8, latin-1 or cp1252."
        ) from error


def _not_understood(profile: Profile) -> Iterator[tuple[str, object, str]]:
    """Settings in a notation of their own that say nothing: name, text, and what was expected."""
    yield from clocks.check(profile.date_format, profile.time_format)
    try:
        groups = re.compile(profile.run).groups
    except re.error:
        # No expression at all, which is told with the same sentence as too many groups.
        groups = 2
    if groups > 1:
        yield "run", profile.run, RUN
    for expected in missing.check(profile.missing):
        yield "missing", profile.missing, expected


def check_columns(profile: Profile, records: Mapping[str, Record]) -> None:
    """Raise CallError where a version says of a column that nobody declared what no reading looks
    like.
    """
    declared = {column.name for record in records.values() for column in record.columns}
    for version in profile.every:
        for name in missing.unknown(version.missing, declared):
            raise CallError(
                f"Profile of {profile.sender}: missing names {name!r}; expected temperatures,"
                " pressures or a declared column."
            )


def check_units(profile: Profile, records: Mapping[str, Record]) -> None:
    """Raise CallError where a version names a unit that cannot be turned into the column's own."""
    told = [(column, unit) for version in profile.every for column, unit in version.units.items()]
    own = (
        {column.name: column.unit for record in records.values() for column in record.columns}
        if told
        else {}
    )
    for column, unit in told:
        to = own.get(column, "")
        if units.factor(unit, to) is None or not units.known(to):
            ways = units.known(to)
            expected = (
                f"one of {', '.join(ways)}"
                if ways
                else "a declared column whose unit has others beside it"
            )
            raise CallError(
                f"Profile of {profile.sender}: the unit of {column} is {unit!r}; expected"
                f" {expected}."
            )
