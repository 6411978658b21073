"""Rules on courses against multiple sclerosis."""

from lots.grammar.schema import Severity
from lots.rules import NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 130
# Published practice and no law: none of these holds, and none is ever a finding.
NOTED = (NOT_APPLICABLE, PASS, PENDING, NOTICE)
INFUSION = "administration"

RULES = (
    CrossRecordRule(
        id="C01",
        subject="course",
        scope="course",
        sentence="A course of MS lasts two days.",
        citation="published MS practice (S)",
        outcomes=(PASS, PENDING, NOTICE),
        severity=Severity.INFO,
    ),
    CrossRecordRule(
        id="C03",
        subject="course",
        scope="course",
        sentence="Courses of MS begin 21 to 28 days apart.",
        citation="published MS practice (S)",
        outcomes=NOTED,
        severity=Severity.INFO,
    ),
    CrossRecordRule(
        # By a day after which it is late: before it, nothing is missing.
        id="C04",
        subject="course",
        scope="course",
        sentence="A treatment of MS is reviewed in time.",
        citation="published MS practice (S)",
        outcomes=NOTED,
        severity=Severity.INFO,
        reads=("reporting_clock",),
        due=True,
    ),
    CrossRecordRule(
        id="C05",
        subject=INFUSION,
        scope=INFUSION,
        sentence="The first dose of a patient with MS is supervised.",
        citation="published MS practice (S)",
        outcomes=NOTED,
        severity=Severity.INFO,
    ),
)
