"""Rules on what is known of a donor besides: deferrals with their look-back windows, and later knowledge."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 30
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        "D11",
        "donation",
        "donor",
        "It was not given while the donor was deferred, nor in a look-back window.",
        "21 CFR 606.160(e), 610.46, 610.47 (S)",
        (PASS, PENDING, NOTICE, FINDING),
        Holds.UNIT,
        reads=SCHEME,
        version=2,
    ),
    CrossRecordRule(
        "PDI.donation",
        "donation",
        "donor",
        "Nothing became known of it, or of its donor, afterwards.",
        "21 CFR 606.171 (S)",
        (PASS, NOTICE),
        severity=Severity.INFO,
    ),
)
