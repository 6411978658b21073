"""Rules on donors: how often they give, their examination and their blood."""

from lots.grammar.schema import Holds
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 10
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
)
