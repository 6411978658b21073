"""Rules on donations: interval, examination, screening, deferral."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 1
SCHEME = ("screening_scheme",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        "D02.interval",
        "donation",
        "donor",
        "Two source donations of a person are far enough apart.",
        "21 CFR 640.65(b)(8) (S)",
        USUAL,
        reads=SCHEME,
    ),
    CrossRecordRule(
        "D02.week",
        "donation",
        "donor",
        "A person gives source plasma no more often in seven days than allowed.",
        "21 CFR 640.65(b)(8) (S)",
        USUAL,
        reads=SCHEME,
    ),
    CrossRecordRule(
        "D05.sex",
        "donation",
        "donor",
        "Haemoglobin is at least the limit of the donor's sex.",
        "21 CFR 630.10(f)(3) (G)",
        USUAL,
        reads=SCHEME,
    ),
    CrossRecordRule(
        "D06.exam",
        "donation",
        "donor",
        "The donor's last physical examination is recent enough.",
        "21 CFR 640.63(b)(1) (S)",
        USUAL,
        Holds.UNIT,
        reads=SCHEME,
    ),
    CrossRecordRule(
        "D06.sample",
        "donation",
        "donor",
        "The donor's last four-month sample is recent enough.",
        "21 CFR 640.65(b)(1) (S)",
        (*USUAL, NOTICE),
        Holds.UNIT,
        reads=SCHEME,
    ),
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
