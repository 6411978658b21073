"""Rules on plasma units: how they were stored, and how much of them went where."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 40
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        # With one short, mild episode let pass, as the law has it; longer ones are salvaged by
        # relabelling.
        id="D08",
        subject="plasma_unit",
        scope="unit",
        sentence="It was stored cold enough, but for one short episode, or was relabelled.",
        citation="21 CFR 640.69(b), 640.76 (S)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, NOTICE, FINDING),
        holds=Holds.UNIT,
        reads=SCHEME,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        id="P04.draw",
        subject="plasma_unit",
        scope="unit",
        sentence="Pools took no more from a unit than it holds.",
        citation="the house: every unit is accounted for",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        rests=True,
    ),
    CrossRecordRule(
        # No pending: of a unit that stands in two pools nothing more has to be known.
        id="P05",
        subject="plasma_unit",
        scope="unit",
        sentence="It is in one pool.",
        citation="the house: every unit is accounted for",
        outcomes=(NOT_APPLICABLE, PASS, FINDING),
        holds=Holds.LOT,
        rests=True,
    ),
)
