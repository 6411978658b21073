"""Rules on donors: how often they give, their examination and their blood."""

from lots.grammar.schema import Holds
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

# Numbers with room between them: another family finds its place without renumbering.
ORDER = 10
SCHEME = ("screening_scheme",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        # Over all centres and by person, since who gives too often gives elsewhere; donor care
        # holds nothing.
        id="D02.interval",
        subject="donation",
        scope="donor",
        sentence="Two source donations of a person are far enough apart.",
        citation="21 CFR 640.65(b)(8) (S)",
        outcomes=USUAL,
        reads=SCHEME,
        rests=True,
    ),
    CrossRecordRule(
        id="D02.week",
        subject="donation",
        scope="donor",
        sentence="A person gives source plasma no more often in seven days than allowed.",
        citation="21 CFR 640.65(b)(8) (S)",
        outcomes=USUAL,
        reads=SCHEME,
        rests=True,
    ),
    CrossRecordRule(
        # Beside D05.haemoglobin of the row itself: which sex a donor is, the donation does not say.
        id="D05.sex",
        subject="donation",
        scope="donor",
        sentence="Haemoglobin is at least the limit of the donor's sex.",
        citation="21 CFR 630.10(f)(3) (G)",
        outcomes=USUAL,
        reads=SCHEME,
        rests=True,
    ),
    CrossRecordRule(
        # Unlike the others it holds the unit: nobody knew whether the donor was well.
        id="D06.exam",
        subject="donation",
        scope="donor",
        sentence="The donor's last physical examination is recent enough.",
        citation="21 CFR 640.63(b)(1) (S)",
        outcomes=USUAL,
        holds=Holds.UNIT,
        reads=SCHEME,
        rests=True,
        version=2,
    ),
    CrossRecordRule(
        id="D06.sample",
        subject="donation",
        scope="donor",
        sentence="The donor's last four-month sample is recent enough.",
        citation="21 CFR 640.65(b)(1) (S)",
        # A late sample may be let pass by a physician, who is named.
        outcomes=(*USUAL, NOTICE),
        holds=Holds.UNIT,
        reads=SCHEME,
        rests=True,
        version=2,
    ),
)
