"""Rules on what was dispensed or given: of one known lot, released before, and not expired."""

from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 100
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
LINE = "administration_vial"

RULES = (
    CrossRecordRule(
        "R03.dispensed",
        "dispensing",
        "dispensing",
        "What was dispensed was released before, and not expired.",
        "21 CFR 610.2 (S)",
        (PASS, PENDING, FINDING),
    ),
    CrossRecordRule(
        "R03.given",
        LINE,
        LINE,
        "What was given was released before, and not expired.",
        "21 CFR 610.2 (S)",
        USUAL,
    ),
    CrossRecordRule(
        "R09",
        LINE,
        LINE,
        "A vial that was given is of one lot, and that lot of a pool or an external lot.",
        "21 CFR 600.12(a) (S)",
        USUAL,
        reads=("reporting_clock",),
        due=True,
    ),
)
