"""What each plasma unit gave to a pool."""

from decimal import Decimal

from lots.grammar.column import Column, Each, Link, Makes, Rule
from lots.grammar.schema import Between, Holds, Kind, Names, Record, Severity, Tells

RECORD = Record(
    "pool_unit",
    "pooling",
    "One plasma unit in a pool.",
    # A unit may stand in several pools: that is a finding, and all of them are walked.
    key=("plant", "pool_number", "unit"),
    columns=(
        Column(1, "plant", Kind.CODE, "who pooled (party id)", tells=Tells.MAKER),
        Column(2, "pool_number", Kind.CODE, "the pool's number at that plant", names=Names.NUMBER),
        Column(3, "unit", Kind.CODE, "the plasma unit", names=Names.NUMBER),
        # Less than the unit, where some was kept or spilt; more is a finding (P04.draw).
        Column(
            4,
            "volume_ml",
            Kind.AMOUNT,
            "what was taken from it",
            "mL",
            digits=(5, 3),
            completable=True,
        ),
    ),
    links=(
        # The pool is there as soon as a unit names it, though its own row comes later or never.
        Link("pool", ("plant", "pool_number"), "pool", makes=Makes.NODE, each=Each("pool")),
        Link("unit", ("unit",), "plasma_unit"),
    ),
    rules=(
        Rule(
            "P04.drawn",
            Between("volume_ml", Decimal("0.001"), Decimal(1200)),
            "What was taken from a unit is more than nothing and at most 1,200 mL.",
            "21 CFR 640.65(b)(4) (S)",
            severity=Severity.HIGH,
            unit="mL",
        ),
    ),
    holds=Holds.LOT,
)
