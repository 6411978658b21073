"""A sender's profile: how its export differs from the template, as data, so that it need not change it."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lots.errors import CallError
from lots.schema import Kind, Record

ASCII_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Profile:
    """Columns renamed (theirs → ours), encoding, delimiter, decimal comma, blanks trimmed, zone of bare times."""

    sender: str = ""
    encoding: str = "utf-8"
    delimiter: str = ""
    decimal_comma: bool = False
    trim: bool = False
    zone: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    plant: str = ""

    @property
    def plain(self) -> bool:
        """Whether values are taken as they come."""
        return not (self.decimal_comma or self.trim or self.zone) and self.encoding == "utf-8"


TYPES: Mapping[str, type] = {
    "encoding": str, "delimiter": str, "decimal_comma": bool, "trim": bool, "zone": str, "columns": dict, "plant": str}
EXPECTED: Mapping[str, str] = {
    "encoding": "a text", "delimiter": "one character", "decimal_comma": "true or false", "trim": "true or false",
    "zone": "a text", "columns": "a table of texts", "plant": "a text"}


def load(folder: Path, sender: str) -> Profile:
    """The profile of a sender, or a plain one where there is no file for it. Raises CallError for a bad file."""
    path = folder / f"{sender}.toml"
    if not sender or not path.is_file():
        return Profile(sender=sender)
    try:
        return checked(Profile(**{"sender": sender, **tomllib.loads(path.read_text())}))
    except (tomllib.TOMLDecodeError, TypeError, UnicodeDecodeError) as error:
        raise CallError(f"The profile {path.name} cannot be read: {error}.") from error


def checked(profile: Profile) -> Profile:
    """The profile itself; CallError where a value is of another type, or its zone or encoding does not exist."""
    for name, kind in TYPES.items():
        value = getattr(profile, name)
        if not isinstance(value, kind) or (name == "delimiter" and len(profile.delimiter) > 1):
            raise CallError(f"Profile of {profile.sender}: {name} is {value!r}; expected {EXPECTED[name]}.")
    try:
        if profile.zone:
            ZoneInfo(profile.zone)
        if "\n,".encode(profile.encoding) != b"\n,":
            raise LookupError(profile.encoding)
    except ZoneInfoNotFoundError as error:
        raise CallError(f"Profile of {profile.sender}: zone '{profile.zone}' does not exist; expected an IANA name "
                        "such as Europe/Berlin.") from error
    except LookupError as error:
        raise CallError(f"Profile of {profile.sender}: encoding '{profile.encoding}' cannot be used; expected one that "
                        "keeps ASCII as it is, such as utf-8, latin-1 or cp1252.") from error
    return profile


Conversion = Callable[[str], str]


def conversions(profile: Profile, record: Record, targets: tuple[str | None, ...]) -> tuple[Conversion | None, ...]:
    """For each column of a file what turns the sender's way into ours; None where nothing does.

    A text that a conversion does not know stays as it came, and is then not readable.
    """
    return tuple(_conversion(profile, record.column(t).kind) if t else None for t in targets)


def _conversion(profile: Profile, kind: Kind) -> Conversion | None:
    steps: list[Conversion] = []
    if profile.trim:
        steps.append(str.strip)
    if profile.decimal_comma and kind is Kind.AMOUNT:
        steps.append(point)
    if profile.zone and kind is Kind.INSTANT:
        zone = ZoneInfo(profile.zone)
        steps.append(lambda value: with_offset(value, zone))
    if not steps:
        return None
    return lambda value: _through(steps, value)


def _through(steps: list[Conversion], value: str) -> str:
    for step in steps:
        value = step(value)
    return value


def point(value: str) -> str:
    """'6,4' as '6.4'; anything with a point, or with two commas, stays as it came."""
    return value.replace(",", ".") if value.count(",") == 1 and "." not in value else value


def with_offset(value: str, zone: ZoneInfo) -> str:
    """A bare local time with its zone's offset; an hour that a clock change skips or repeats stays as it came."""
    if len(value) < 16 or value[-1] not in ASCII_DIGITS or "+" in value or value.count("-") != 2:
        return value
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        return value
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():  # skipped or repeated: nobody can say which instant it was
        return value
    return value + early.isoformat()[-6:]
