"""What a constraint asks for, as a person would write it down, with its columns and limits."""

from collections.abc import Sequence
from decimal import Decimal

from lots.grammar.constraints import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Constraint,
    Differ,
    Happened,
    Known,
    OneOf,
    Ordered,
    Present,
    Readable,
    Shaped,
)

WHATS = {
    Present: "present",
    Readable: "readable",
    Known: "known",
    Happened: "happened by the day of receipt",
}
SCHEMES = {"gs1": "GS1's mod 10", "sscc": "GS1's mod 10", "mod37-2": "ISO 7064 mod 37-2"}


def in_figures(constraint: Constraint) -> str:
    """The constraint as a person would write it down, with its columns and limits."""
    match constraint:
        case Present(column) | Readable(column) | Known(column) | Happened(column):
            return (
                f"`{column}` is"
                f" {'not empty' if isinstance(constraint, Present) else WHATS[type(constraint)]}"
            )
        case OneOf(column, values):
            return f"`{column}` is {either(values)}"
        case Between(column, low, high):
            return _between(f"`{column}`", low, high)
        case Shaped(column, pattern):
            return f"`{column}` has the shape `{pattern}`"
        case CheckCharacter(column, scheme, character):
            what = f"`{character}` of `{column}`" if character else f"last digit of `{column}`"
            return f"{what} by {SCHEMES[scheme]}"
        case Ordered(earlier, later):
            return f"`{earlier}` ≤ `{later}`"
        case Differ(first, second):
            return f"`{first}` is not `{second}`"
        case AnyOf(columns):
            return f"{either([f'`{c}`' for c in columns])} is not empty"
        case AtMostByBand(column, by, bands):
            # The first band reaches down to nothing: who weighs less than it says is judged by it
            # too.
            (_, least), *higher = bands
            limits = [f"≤ {least}", *(f"≤ {most} from {start}" for start, most in higher)]
            return f"`{column}` {', '.join(limits)} of `{by}`"


def _between(name: str, low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{low} ≤ {name} ≤ {high}"
    return f"{name} ≥ {low}" if high is None else f"{name} ≤ {high}"


def either(words: Sequence[str], last: str = "or") -> str:
    """'a', 'a or b', 'a, b or c'."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
