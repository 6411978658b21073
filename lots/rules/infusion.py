"""Rules on infusions: how fast, how much, and of which product."""

from lots.grammar.schema import Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 120
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
# Clinical practice: worth seeing by whoever treats, and nobody else's business.
NOTED = (NOT_APPLICABLE, PASS, PENDING, NOTICE)
INFUSION = "administration"
LINE = "administration_vial"

RULES = (
    CrossRecordRule(
        id="R06",
        subject=INFUSION,
        scope=INFUSION,
        sentence="No rate is above the product's maximum, the lower one for a patient at risk.",
        citation="product label (S, G)",
        outcomes=USUAL,
        reads=("product_preparation",),
        version=3,
        rests=True,
    ),
    CrossRecordRule(
        # Five per cent of it: what is left in the line is neither given nor thrown away.
        id="R07",
        subject=LINE,
        scope=LINE,
        sentence="Given and wasted are together the content of the vials, within 5 %.",
        citation="the house: every vial is accounted for",
        outcomes=USUAL,
        severity=Severity.WARNING,
        reads=("product",),
        rests=True,
    ),
    CrossRecordRule(
        # At all sites together, since a patient is given at home as well.
        id="R07.daily",
        subject=INFUSION,
        scope=INFUSION,
        sentence="A patient with MS is given at most 1 g per kg on a day.",
        citation="Ontario guideline (S)",
        outcomes=NOTED,
        severity=Severity.WARNING,
    ),
    CrossRecordRule(
        # Asked of the product and not of the patient's reaction: it is known before the dose.
        id="R08",
        subject=INFUSION,
        scope=INFUSION,
        sentence="A patient who lacks IgA is given a product that is low in IgA.",
        citation="product label (S)",
        outcomes=USUAL,
        reads=("product",),
        rests=True,
    ),
)
