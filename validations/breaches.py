"""Which row breaks which of its rules, by Python: each rule as an expectation on a chunk of rows,
run by Great Expectations.

In SQL the same is lots/store/intake/breaches.py. A table-driven test holds the two against each
other.
"""

from collections.abc import Mapping
from typing import Any

from great_expectations.expectations.expectation import Expectation

from lots.grammar.column import Rule
from lots.grammar.schema import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Differ,
    Happened,
    Kind,
    Known,
    OneOf,
    Ordered,
    Present,
    Readable,
    Record,
    Severity,
    Shaped,
)
from validations.chunk import scoped
from validations.expectations import (
    ExpectBetween,
    ExpectCheckCharacter,
    ExpectInOrder,
    ExpectInSet,
    ExpectNotNull,
)

SEVERITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "warning",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


def expectation(record: Record, rule: Rule) -> Expectation:
    """The expectation that judges the rule, on the column that `judged_columns` makes for it."""
    common = _common(rule)
    match rule.constraint:
        case Present() | AnyOf() if not scoped(rule):
            return ExpectNotNull(column=rule.id, **common)
        case Readable(name) if record.column(name).kind is Kind.CHOICE:
            choices = list(record.column(name).choices)
            return ExpectInSet(column=rule.id, value_set=choices, **common)
        case Present() | AnyOf() | Shaped() | Differ() | Known() | Readable():
            # What pandas does in one pass over a column is done before, as 1 or 0: Great
            # Expectations' own way by regular expressions takes each value as an object.
            return ExpectInSet(column=rule.id, value_set=[1.0], **common)
        case OneOf(_, allowed):
            return ExpectInSet(column=rule.id, value_set=list(allowed), **common)
        case CheckCharacter(_, scheme):
            return ExpectCheckCharacter(column=rule.id, scheme=scheme, **common)
        case Between(_, low, high):
            # Limits have at most 15 digits, so that as floats they are as far apart as their
            # decimals.
            bounds = [None if bound is None else float(bound) for bound in (low, high)]
            return ExpectBetween(column=rule.id, min_value=bounds[0], max_value=bounds[1], **common)
        case Ordered():
            return ExpectInOrder(
                column_A=rule.id,
                column_B=f"{rule.id} earlier",
                or_equal=True,
                ignore_row_if="either_value_is_missing",
                **common,
            )
        case AtMostByBand() | Happened():
            return ExpectBetween(column=rule.id, min_value=0.0, **common)


def _common(rule: Rule) -> dict[str, Any]:
    """What every expectation says of its rule."""
    return {
        "severity": SEVERITY[rule.severity],
        "meta": {
            "rule": rule.id,
            "version": rule.version,
            "citation": rule.citation,
            "outcome": str(rule.outcome),
        },
        "description": f"{rule.id}: {rule.sentence}",
    }
