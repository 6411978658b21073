"""Rules on infusions: how fast, how much, and of which product."""

from lots.grammar.schema import Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 120
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
NOTED = (NOT_APPLICABLE, PASS, PENDING, NOTICE)
INFUSION = "administration"
LINE = "administration_vial"

RULES = (
    CrossRecordRule(
        "R06",
        INFUSION,
        INFUSION,
        "No rate is above the product's maximum, the lower one for a patient at risk.",
        "product label (S, G)",
        USUAL,
        reads=("product_preparation",),
        version=2,
    ),
    CrossRecordRule(
        "R07",
        LINE,
        LINE,
        "Given and wasted are together the content of the vials, within 5 %.",
        "the house: every vial is accounted for",
        USUAL,
        severity=Severity.WARNING,
        reads=("product",),
    ),
    CrossRecordRule(
        "R07.daily",
        INFUSION,
        INFUSION,
        "A patient with MS is given at most 1 g per kg on a day.",
        "Ontario guideline (S)",
        NOTED,
        severity=Severity.WARNING,
    ),
    CrossRecordRule(
        "R08",
        INFUSION,
        INFUSION,
        "A patient who lacks IgA is given a product that is low in IgA.",
        "product label (S)",
        USUAL,
        reads=("product",),
    ),
)
