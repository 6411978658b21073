"""Values from a sender's way of writing into the template's, column by column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lots.forms import units
from lots.forms.profile import Profile
from lots.schema import Kind, Record

ASCII_DIGITS = frozenset("0123456789")
NUMBERS = (Kind.AMOUNT, Kind.COUNT)
Conversion = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Way:
    """How a sender writes one column, where not as the template has it."""

    trim: bool = False
    comma: bool = False
    zone: str = ""
    unit: tuple[str, str] | None = None  # theirs, and the column's own


AS_IT_IS = Way()




def way(profile: Profile, record: Record, target: str) -> Way:
    """How the sender writes a declared column."""
    column = record.column(target)
    unit = profile.units.get(target, column.unit) if column.kind in NUMBERS else column.unit
    return Way(profile.trim, profile.decimal_comma and column.kind is Kind.AMOUNT,
               profile.zone if column.kind is Kind.INSTANT else "",
               (unit, column.unit) if unit != column.unit else None)


def conversions(profile: Profile, record: Record, targets: tuple[str | None, ...]) -> tuple[Conversion | None, ...]:
    """For each column of a file what turns the sender's way into ours; None where nothing does.

    A text that a conversion does not know stays as it came, and is then not readable.
    """
    return tuple(conversion(way(profile, record, target)) if target else None for target in targets)


def conversion(of: Way) -> Conversion | None:
    """What turns one way of writing into ours; None where it is ours."""
    steps: list[Conversion] = []
    if of.trim:
        steps.append(str.strip)
    if of.comma:
        steps.append(point)
    if of.zone:
        zone = ZoneInfo(of.zone)
        steps.append(lambda value: with_offset(value, zone))
    if of.unit:
        steps.append(units.conversion(*of.unit))
    return (lambda value: _through(steps, value)) if steps else None


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
