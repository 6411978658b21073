"""Rules on what is known of a donor besides: deferrals with their look-back windows, and later
knowledge.
"""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 30
SCHEME = ("screening_scheme",)

RULES = (
    CrossRecordRule(
        id="D11",
        subject="donation",
        scope="donor",
        sentence="It was not given while the donor was deferred, nor in a look-back window.",
        citation="21 CFR 606.160(e), 610.46, 610.47 (S)",
        # A notice where all of it is pooled already and only the look-back window is left: a
        # validated process clears it, and units are no longer there to be kept.
        outcomes=(PASS, PENDING, NOTICE, FINDING),
        holds=Holds.UNIT,
        reads=SCHEME,
        rests=True,
        version=3,
    ),
    CrossRecordRule(
        # Never more than a notice: what was learned afterwards is daily business, and a person says
        # what it means.
        id="PDI.donation",
        subject="donation",
        scope="donor",
        sentence="Nothing became known of it, or of its donor, afterwards.",
        citation="21 CFR 606.171 (S)",
        outcomes=(PASS, NOTICE),
        severity=Severity.INFO,
    ),
)
