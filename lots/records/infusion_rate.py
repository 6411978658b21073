"""How fast an infusion ran."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import amount
from lots.grammar.links import TELLS_OF_AN_INFUSION
from lots.grammar.schema import Between, Kind, Names, Record, Severity, Tells

RECORD = Record(
    "infusion_rate",
    "reconstitution",
    "The rate that a pump showed, from a minute of the infusion on.",
    # By minutes since the start and not by the clock, which two pumps may have set differently.
    key=("site", "administration", "minute"),
    columns=(
        Column(1, "site", Kind.CODE, "where the patient is treated (party id)", tells=Tells.PLACE),
        Column(
            2, "administration", Kind.CODE, "the infusion's number at that site", names=Names.NUMBER
        ),
        Column(3, "minute", Kind.COUNT, "minutes since its start", "min"),
        # As the pump shows it: per kilogram is worked out, with the order's weight (R06).
        amount(4, "rate_ml_h", "the rate", "mL/h", (5, 2), required=True, completable=True),
    ),
    links=(
        Link(
            "administration",
            ("site", "administration"),
            "administration",
            aside=TELLS_OF_AN_INFUSION,
        ),
    ),
    rules=(
        Rule(
            "R06.rate",
            Between("rate_ml_h", Decimal(0), Decimal(2000)),
            "A pump shows 0 to 2,000 mL/h.",
            "the house: what a pump can show",
            severity=Severity.WARNING,
            unit="mL/h",
        ),
    ),
)
