"""Rules on pools and the units in them: held long enough, of qualified donors, at hand, and adding
up.
"""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 50
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        # So that what becomes known of a donor in the meantime still finds the unit on a shelf.
        id="D09",
        subject="pool_unit",
        scope="pool_unit",
        sentence="It was held long enough before it was pooled.",
        citation="PPTA QSEAL inventory hold standard (G)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, FINDING),
        holds=Holds.LOT,
        reads=SCHEME,
        rests=True,
    ),
    CrossRecordRule(
        # As of the day of pooling: what the donor was before or became later does not count.
        id="D10",
        subject="pool_unit",
        scope="pool_unit",
        sentence="Its donor was qualified when it was pooled.",
        citation="IQPP Qualified Donor Standard v3.0 (S)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, FINDING),
        holds=Holds.LOT,
        rests=True,
    ),
    CrossRecordRule(
        id="U01",
        subject="pool_unit",
        scope="pool_unit",
        sentence="It was neither held, destroyed nor given to other use before.",
        citation="21 CFR 606.160(b) (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        rests=True,
        version=2,
    ),
    CrossRecordRule(
        # Two per cent: bags are not emptied to the last drop, and volumes are weighed.
        id="P04.pool",
        subject="pool",
        scope="pool",
        sentence="Its units' volumes together are its own, within 2 %.",
        citation="the house: every unit is accounted for",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # In litres only: what is weighed says no volume.
        id="P04.taken",
        subject="pool",
        scope="pool",
        sentence="Lots took no more from a pool than it holds, within 2 %.",
        citation="the house: every unit is accounted for",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        rests=True,
    ),
)
