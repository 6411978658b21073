"""Rules on courses against multiple sclerosis."""

from lots.grammar.schema import Severity
from lots.rules import NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 130
NOTED = (NOT_APPLICABLE, PASS, PENDING, NOTICE)
INFUSION = "administration"

RULES = (
    CrossRecordRule(
        "C01",
        "course",
        "course",
        "A course of MS lasts two days.",
        "published MS practice (S)",
        (PASS, PENDING, NOTICE),
        severity=Severity.INFO,
    ),
    CrossRecordRule(
        "C03",
        "course",
        "course",
        "Courses of MS begin 21 to 28 days apart.",
        "published MS practice (S)",
        NOTED,
        severity=Severity.INFO,
    ),
    CrossRecordRule(
        "C04",
        "course",
        "course",
        "A treatment of MS is reviewed in time.",
        "published MS practice (S)",
        NOTED,
        severity=Severity.INFO,
        reads=("reporting_clock",),
        due=True,
    ),
    CrossRecordRule(
        "C05",
        INFUSION,
        INFUSION,
        "The first dose of a patient with MS is supervised.",
        "published MS practice (S)",
        NOTED,
        severity=Severity.INFO,
    ),
)
