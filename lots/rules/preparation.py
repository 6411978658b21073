"""Rules on preparing: diluent, volume, and how long a solution may wait."""

from lots.grammar.schema import Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 110
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
INFUSION = "administration"

RULES = (
    CrossRecordRule(
        # By product, strength and diluent together: each label has its own table.
        id="R04",
        subject="reconstitution",
        scope="reconstitution",
        sentence="The diluent is one that the product allows, in its volume.",
        citation="product label (S, G)",
        outcomes=(PASS, PENDING, FINDING),
        severity=Severity.HIGH,
        reads=("product_preparation",),
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # The shortest of the products in the bag counts.
        id="R05",
        subject=INFUSION,
        scope=INFUSION,
        sentence="It starts within the hours that the product keeps after reconstitution.",
        citation="product label (S, G)",
        outcomes=USUAL,
        reads=("product",),
        version=3,
        rests=True,
    ),
)
