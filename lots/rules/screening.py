"""Rules on what was looked for, and found, in donations, in their donors before, and in pools."""

from lots.grammar.schema import Holds
from lots.rules import FINDING, PASS, PENDING, CrossRecordRule

ORDER = 20


RULES = (
    CrossRecordRule(
        "D07",
        "donation",
        "screening",
        "Every marker asked for was looked for, and not found.",
        "21 CFR 610.40(a), (h)(1) (S)",
        (PASS, PENDING, FINDING),
        Holds.UNIT,
        reads=("screening_requirement",),
        due=True,
        lasting=True,
        version=2,
    ),
    CrossRecordRule(
        "D07.earlier",
        "donation",
        "donor",
        "The donor had no earlier reactive result, or was requalified since.",
        "21 CFR 610.40(h)(1), 610.41 (S)",
        (PASS, PENDING, FINDING),
        Holds.UNIT,
        lasting=True,
    ),
    CrossRecordRule(
        "D07.pooled",
        "pool_unit",
        "pool_unit",
        "No unit of a reactive donation, or donor, is in a pool.",
        "21 CFR 610.40(h)(1) (S)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        lasting=True,
    ),
    CrossRecordRule(
        "P03",
        "pool",
        "pool",
        "Every marker asked for was looked for in the pool, and not found above its limit.",
        "CPMP/BWP/390/97 (S); FDA guidance 2009 for B19V (G)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        reads=("screening_requirement",),
        due=True,
        waits=True,
        lasting=True,
        version=3,
    ),
)
