"""The closed set of constraint kinds: each says what must hold of a row. What
a breach of each is stands twice, in lots/store/intake/breaches.py and in validations/breaches.py.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Present:
    """The column is not empty."""

    column: str


@dataclass(frozen=True, slots=True)
class Readable:
    """The column's text has the shape of its kind and names a real value; an empty column is not
    judged.
    """

    column: str


@dataclass(frozen=True, slots=True)
class Known:
    """The text is no word for not known, by what its column names;
    an empty column is not judged.
    """

    column: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column is one of the words; an empty column is not judged."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """low <= column <= high, in the column's own unit; either end may be open."""

    column: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shaped:
    """The whole text matches an ASCII pattern (only literals, [..] classes and {n,m} counts: no
    backslash).
    """

    column: str
    pattern: str


@dataclass(frozen=True, slots=True)
class CheckCharacter:
    """The last character of the GS1 key, or the separate character of a donation number, is the
    computed one.
    """

    column: str
    scheme: str  # "gs1" (GTIN, GLN), "sscc" or "mod37-2" (ISBT 128 donation number)
    character: str = ""  # the column that holds the character, for mod37-2


@dataclass(frozen=True, slots=True)
class Ordered:
    """earlier <= later. Beside a day, an instant counts as the local day on which it was sent."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Differ:
    """The two columns do not say the same; where one is empty, nothing is judged."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the columns is not empty."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtMostByBand:
    """column <= the limit of the band that `by` is in; bands are (from, limit), rising; the first
    one reaches down.
    """

    column: str
    by: str
    bands: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """The day is not after that of the row's receipt, wherever it was received; an instant counts
    as Ordered has it.
    """

    column: str


# A closed set: both engines and the rule book match over it, and a type checker sees what is
# forgotten.
Constraint = (
    Present
    | Readable
    | Known
    | OneOf
    | Between
    | Shaped
    | CheckCharacter
    | Ordered
    | Differ
    | AnyOf
    | AtMostByBand
    | Happened
)
FURTHEST_EAST_H = 14  # hours before UTC: no place has a later day than one so far east


def latest_day(at: datetime) -> date:
    """The last day that any place has at a moment."""
    return (at.astimezone(UTC) + timedelta(hours=FURTHEST_EAST_H)).date()


def columns_of(constraint: Constraint) -> tuple[str, ...]:
    """The columns that a constraint reads, in its own order."""
    match constraint:
        case Ordered(earlier, later):
            return (earlier, later)
        case Differ(first, second):
            return (first, second)
        case AnyOf(columns):
            return columns
        case AtMostByBand(column, by, _):
            return (column, by)
        case CheckCharacter(column, _, character) if character:
            return (column, character)
        case _:
            return (constraint.column,)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number can be at all, in its column's unit: beyond it is a slip, whatever it was meant
    to say.
    """

    low: Decimal | None = None
    high: Decimal | None = None


def within(limits: Limits) -> str:
    """The limits in words."""
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        return f"between {low} and {high}"
    return f"at most {high}" if low is None else f"at least {low}"
