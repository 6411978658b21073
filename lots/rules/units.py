"""Rules on plasma units: how they were stored, and how much of them went where."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 40
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        "D08",
        "plasma_unit",
        "unit",
        "It was stored cold enough, but for one short episode, or was relabelled.",
        "21 CFR 640.69(b), 640.76 (S)",
        (NOT_APPLICABLE, PASS, PENDING, NOTICE, FINDING),
        Holds.UNIT,
        reads=SCHEME,
        version=2,
    ),
    CrossRecordRule(
        "P04.draw",
        "plasma_unit",
        "unit",
        "Pools took no more from a unit than it holds.",
        "the house: every unit is accounted for",
        (NOT_APPLICABLE, PASS, PENDING, FINDING),
        Holds.LOT,
        Severity.HIGH,
    ),
    CrossRecordRule(
        "P05",
        "plasma_unit",
        "unit",
        "It is in one pool.",
        "the house: every unit is accounted for",
        (NOT_APPLICABLE, PASS, FINDING),
        Holds.LOT,
    ),
)
