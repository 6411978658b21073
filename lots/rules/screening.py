"""Rules on what was looked for, and found, in donations, in their donors before, and in pools."""

from lots.grammar.schema import Holds
from lots.rules import FINDING, PASS, PENDING, CrossRecordRule

ORDER = 20


RULES = (
    CrossRecordRule(
        id="D07",
        subject="donation",
        # Of its own: a result on a minipool concerns every donation in it.
        scope="screening",
        sentence="Every marker asked for was looked for, and not found.",
        citation="21 CFR 610.40(a), (h)(1) (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.UNIT,
        reads=("screening_requirement",),
        due=True,
        # A retest that is good explains no reactive result: the sample may have been another's.
        lasting=True,
        version=3,
        rests=True,
    ),
    CrossRecordRule(
        # Of the person, by any of the keys: who was deferred under one key comes again under
        # another.
        id="D07.earlier",
        subject="donation",
        scope="donor",
        sentence="The donor had no earlier reactive result, or was requalified since.",
        citation="21 CFR 610.40(h)(1), 610.41 (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.UNIT,
        lasting=True,
        rests=True,
    ),
    CrossRecordRule(
        # Once pooled the unit cannot be taken out again: the lot is held.
        id="D07.pooled",
        subject="pool_unit",
        scope="pool_unit",
        sentence="No unit of a reactive donation, or donor, is in a pool.",
        citation="21 CFR 610.40(h)(1) (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        lasting=True,
        rests=True,
    ),
    CrossRecordRule(
        id="P03",
        subject="pool",
        scope="pool",
        sentence="Every marker asked for was looked for in the pool, and not found above its limit.",
        citation="CPMP/BWP/390/97 (S); FDA guidance 2009 for B19V (G)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        reads=("screening_requirement",),
        due=True,
        # A titre in a unit that cannot be turned is neither good nor bad: the answer says that it
        # waits for one that can.
        waits=True,
        lasting=True,
        version=4,
        rests=True,
    ),
)
