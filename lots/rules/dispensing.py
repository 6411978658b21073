"""Rules on what was dispensed or given: of one known lot, released before, and not expired."""

from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 100
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
LINE = "administration_vial"

RULES = (
    CrossRecordRule(
        # Holds nothing: what was handed out is no longer there to be held.
        id="R03.dispensed",
        subject="dispensing",
        scope="dispensing",
        sentence="What was dispensed was released before, and not expired.",
        citation="21 CFR 610.2 (S)",
        outcomes=(PASS, PENDING, FINDING),
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # With its own answer: wards give from stock that no pharmacy dispensed by name.
        id="R03.given",
        subject=LINE,
        scope=LINE,
        sentence="What was given was released before, and not expired.",
        citation="21 CFR 610.2 (S)",
        outcomes=USUAL,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # Pending until its term, since the pack of a vial often arrives after the infusion.
        id="R09",
        subject=LINE,
        scope=LINE,
        sentence="A vial that was given is of one lot, and that lot of a pool or an external lot.",
        citation="21 CFR 600.12(a) (S)",
        outcomes=USUAL,
        reads=("reporting_clock",),
        due=True,
        version=2,
        rests=True,
    ),
)
