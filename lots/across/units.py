"""Rules on plasma units, on units in pools, and on pools."""

from lots.across import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, Across
from lots.schema import Holds, Severity

ORDER = 2
SCHEME = ("screening_scheme",)

RULES = (
    Across("D08", "plasma_unit", "unit", "It was stored cold enough, but for one short episode, or was relabelled.",
           "21 CFR 640.69(b), 640.76 (S)", (NOT_APPLICABLE, PASS, PENDING, NOTICE, FINDING), Holds.UNIT, reads=SCHEME),
    Across("P04.draw", "plasma_unit", "unit", "Pools took no more from a unit than it holds.",
           "the house: every unit is accounted for", (NOT_APPLICABLE, PASS, PENDING, FINDING), Holds.LOT,
           Severity.HIGH),
    Across("P05", "plasma_unit", "unit", "It is in one pool.", "the house: every unit is accounted for",
           (NOT_APPLICABLE, PASS, FINDING), Holds.LOT),
    Across("D07.pooled", "pool_unit", "pool_unit", "No unit of a reactive donation, or donor, is in a pool.",
           "21 CFR 610.40(h)(1) (S)", (PASS, PENDING, FINDING), Holds.LOT, lasting=True),
    Across("D09", "pool_unit", "pool_unit", "It was held long enough before it was pooled.",
           "PPTA QSEAL inventory hold standard (G)", (NOT_APPLICABLE, PASS, PENDING, FINDING), Holds.LOT, reads=SCHEME),
    Across("D10", "pool_unit", "pool_unit", "Its donor was qualified when it was pooled.",
           "IQPP Qualified Donor Standard v3.0 (S)", (NOT_APPLICABLE, PASS, PENDING, FINDING), Holds.LOT),
    Across("U01", "pool_unit", "pool_unit", "It was neither held, destroyed nor given to other use before.",
           "21 CFR 606.160(b) (S)", (PASS, PENDING, FINDING), Holds.LOT),
    Across("P03", "pool", "pool", "Every marker asked for was looked for in the pool, and not found above its limit.",
           "CPMP/BWP/390/97 (S); FDA guidance 2009 for B19V (G)", (PASS, PENDING, FINDING), Holds.LOT,
           reads=("screening_requirement",), due=True, waits=True, lasting=True, version=2),
    Across("P04.pool", "pool", "pool", "Its units' volumes together are its own, within 2 %.",
           "the house: every unit is accounted for", (PASS, PENDING, FINDING), Holds.LOT, Severity.HIGH),
)
