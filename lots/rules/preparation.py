"""Rules on preparing: diluent, volume, and how long a solution may wait."""

from lots.grammar.schema import Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 110
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
INFUSION = "administration"

RULES = (
    CrossRecordRule(
        "R04",
        "reconstitution",
        "reconstitution",
        "The diluent is one that the product allows, in its volume.",
        "product label (S, G)",
        (PASS, PENDING, FINDING),
        severity=Severity.HIGH,
        reads=("product_preparation",),
        version=2,
    ),
    CrossRecordRule(
        "R05",
        INFUSION,
        INFUSION,
        "It starts within the hours that the product keeps after reconstitution.",
        "product label (S, G)",
        USUAL,
        reads=("product",),
        version=2,
    ),
)
