"""Rules on freeze-drying runs."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 70
# Which gauges and probes a dryer has is the recipe's to say: none is missing that it does not ask
# for.
RECIPE = ("dryer_recipe",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
RUN = "lyophilisation"

RULES = (
    CrossRecordRule(
        id="L01",
        subject=RUN,
        scope=RUN,
        sentence="No vial is wetter than the recipe allows.",
        citation="21 CFR 610.13(a)(1) (S)",
        outcomes=USUAL,
        holds=Holds.LOT,
        reads=RECIPE,
        rests=True,
    ),
    CrossRecordRule(
        # One probe out of several is a notice: the others still saw the product.
        id="L02.probes",
        subject=RUN,
        scope=RUN,
        sentence="As many product probes read in primary and in secondary drying as the recipe asks for.",
        citation="a real cycle, published with LyoPronto.jl (S)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, NOTICE),
        severity=Severity.HIGH,
        reads=RECIPE,
        version=2,
    ),
    CrossRecordRule(
        # Nobody knows what the product did meanwhile, so that it holds.
        id="L02.gap",
        subject=RUN,
        scope=RUN,
        sentence="The log of primary and secondary drying has no gap, and a product probe reads "
        "throughout where the recipe asks for one.",
        citation="a real cycle, published with LyoPronto.jl (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        reads=RECIPE,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        id="L03",
        subject=RUN,
        scope=RUN,
        sentence="At the end of primary drying Pirani and CM agree.",
        citation="a real cycle (S); Patel 2010, Nail 2017 (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
        severity=Severity.HIGH,
        reads=RECIPE,
        rests=True,
    ),
    CrossRecordRule(
        # Above it the cake collapses: it dries badly, dissolves slowly, and nothing later mends it.
        id="L04",
        subject=RUN,
        scope=RUN,
        sentence="In primary drying a product probe reads throughout, and stays below the temperature of "
        "collapse.",
        citation="Tang and Pikal 2004 (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
        reads=RECIPE,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        id="L05.phases",
        subject=RUN,
        scope=RUN,
        sentence="Phases follow each other, and none comes back without a deviation.",
        citation="a real cycle, published with LyoPronto.jl (S)",
        # A phase that comes back is known where somebody opened a deviation for it.
        outcomes=(PASS, PENDING, NOTICE, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        version=2,
        rests=True,
    ),
)
