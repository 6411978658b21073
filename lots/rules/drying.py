"""Rules on freeze-drying runs."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 70
RECIPE = ("dryer_recipe",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
RUN = "lyophilisation"

RULES = (
    CrossRecordRule(
        "L01",
        RUN,
        RUN,
        "No vial is wetter than the recipe allows.",
        "21 CFR 610.13(a)(1) (S)",
        USUAL,
        Holds.LOT,
        reads=RECIPE,
    ),
    CrossRecordRule(
        "L02.probes",
        RUN,
        RUN,
        "As many product probes read in primary and in secondary drying as the recipe asks for.",
        "a real cycle, published with LyoPronto.jl (S)",
        (NOT_APPLICABLE, PASS, PENDING, NOTICE),
        severity=Severity.HIGH,
        reads=RECIPE,
        version=2,
    ),
    CrossRecordRule(
        "L02.gap",
        RUN,
        RUN,
        "The log of primary and secondary drying has no gap, and a product probe reads "
        "throughout where the recipe asks for one.",
        "a real cycle, published with LyoPronto.jl (S)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        Severity.HIGH,
        RECIPE,
        version=2,
    ),
    CrossRecordRule(
        "L03",
        RUN,
        RUN,
        "At the end of primary drying Pirani and CM agree.",
        "a real cycle (S); Patel 2010, Nail 2017 (G)",
        USUAL,
        Holds.LOT,
        Severity.HIGH,
        RECIPE,
    ),
    CrossRecordRule(
        "L04",
        RUN,
        RUN,
        "In primary drying a product probe reads throughout, and stays below the temperature of "
        "collapse.",
        "Tang and Pikal 2004 (G)",
        USUAL,
        Holds.LOT,
        reads=RECIPE,
        version=2,
    ),
    CrossRecordRule(
        "L05.phases",
        RUN,
        RUN,
        "Phases follow each other, and none comes back without a deviation.",
        "a real cycle, published with LyoPronto.jl (S)",
        (PASS, PENDING, NOTICE, FINDING),
        Holds.LOT,
        Severity.HIGH,
        version=2,
    ),
)
