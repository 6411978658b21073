"""Rules on pools and the units in them: held long enough, of qualified donors, at hand, and adding up."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 50
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        "D09",
        "pool_unit",
        "pool_unit",
        "It was held long enough before it was pooled.",
        "PPTA QSEAL inventory hold standard (G)",
        (NOT_APPLICABLE, PASS, PENDING, FINDING),
        Holds.LOT,
        reads=SCHEME,
    ),
    CrossRecordRule(
        "D10",
        "pool_unit",
        "pool_unit",
        "Its donor was qualified when it was pooled.",
        "IQPP Qualified Donor Standard v3.0 (S)",
        (NOT_APPLICABLE, PASS, PENDING, FINDING),
        Holds.LOT,
    ),
    CrossRecordRule(
        "U01",
        "pool_unit",
        "pool_unit",
        "It was neither held, destroyed nor given to other use before.",
        "21 CFR 606.160(b) (S)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
    ),
    CrossRecordRule(
        "P04.pool",
        "pool",
        "pool",
        "Its units' volumes together are its own, within 2 %.",
        "the house: every unit is accounted for",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        Severity.HIGH,
        version=2,
    ),
)
