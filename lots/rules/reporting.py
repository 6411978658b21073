"""Rules on what must be reported or reviewed in time."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 140
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
# Terms are reference, by jurisdiction: a licence holder puts in its own.
CLOCK = ("reporting_clock",)

RULES = tuple(
    CrossRecordRule(
        id=name,
        subject=subject,
        scope=subject,
        sentence=sentence,
        citation=citation,
        outcomes=USUAL,
        holds=Holds.CASE,
        severity=Severity.HIGH,
        reads=CLOCK,
        # What is late is late for ever: the day is told before it has passed.
        due=True,
    )
    for name, subject, sentence, citation in (
        (
            "K01.reaction",
            "adverse_reaction",
            "A serious reaction is reported in time.",
            "21 CFR 600.80(c) (G)",
        ),
        (
            "K01.deviation",
            "deviation",
            "A deviation of a lot is reported in time.",
            "21 CFR 606.171(c) (S)",
        ),
        (
            "K01.information",
            "post_donation_information",
            "Later knowledge of a donor is reviewed in time.",
            "21 CFR 610.46(a)(1) (S)",
        ),
    )
)
