"""One run of one freeze-dryer."""

from decimal import Decimal

from lots.grammar.column import Column, Rule
from lots.grammar.columns import OF_A_SAMPLE, PERCENT
from lots.grammar.links import nameless, party
from lots.grammar.schema import Between, Holds, Kind, Names, Ordered, Record, Severity, Tells

RECORD = Record(
    "lyophilisation",
    "lyophilisation",
    "One run of one freeze-dryer.",
    key=("plant", "cycle"),
    columns=(
        Column(1, "plant", Kind.CODE, "whose dryer it is (party id)", tells=Tells.MAKER),
        Column(2, "cycle", Kind.CODE, "the run's number at that plant", names=Names.NUMBER),
        Column(3, "dryer", Kind.CODE, "which dryer", required=True, completable=True),
        # Which gauges and probes must have read is the recipe's matter (L02, L03).
        Column(4, "recipe", Kind.CODE, "by which recipe"),
        Column(
            5,
            "loaded_at",
            Kind.INSTANT,
            "when loading was complete",
            required=True,
            happened=True,
            completable=True,
        ),
        Column(
            6,
            "primary_started_at",
            Kind.INSTANT,
            "start of primary drying",
            happened=True,
            completable=True,
        ),
        Column(
            7,
            "secondary_started_at",
            Kind.INSTANT,
            "start of secondary drying",
            happened=True,
            completable=True,
        ),
        Column(
            8, "unloaded_at", Kind.INSTANT, "when it was unloaded", happened=True, completable=True
        ),
        # The wettest vial too: a mean within the limit hides one that is not.
        Column(
            9,
            "moisture_mean_pct",
            Kind.AMOUNT,
            "residual moisture, mean of the vials measured",
            "%",
            digits=(3, 3),
            limits=PERCENT,
            completable=True,
        ),
        Column(
            10,
            "moisture_max_pct",
            Kind.AMOUNT,
            "residual moisture, the wettest vial",
            "%",
            digits=(3, 3),
            limits=PERCENT,
            completable=True,
        ),
        Column(
            11,
            "moisture_n",
            Kind.COUNT,
            "vials measured",
            "vials",
            limits=OF_A_SAMPLE,
            completable=True,
        ),
    ),
    links=(
        party("plant"),
        nameless("dryer", "dryer", "dryer"),
    ),
    rules=(
        # Vials dry unevenly by place: at the edge faster than in the middle.
        Rule(
            "L01.positions",
            Between("moisture_n", Decimal(5)),
            "Moisture was measured in at least five vials.",
            "21 CFR 610.13(a)(1) (S); five positions are an example",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
            unit="vials",
        ),
        Rule(
            "L05.primary",
            Ordered("loaded_at", "primary_started_at"),
            "Primary drying starts after loading.",
            "a real cycle, published with LyoPronto.jl (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
        Rule(
            "L05.secondary",
            Ordered("primary_started_at", "secondary_started_at"),
            "Secondary drying starts after primary drying.",
            "a real cycle, published with LyoPronto.jl (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
        Rule(
            "L05.unload",
            Ordered("secondary_started_at", "unloaded_at"),
            "Unloading comes after secondary drying.",
            "a real cycle, published with LyoPronto.jl (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
    ),
    at="loaded_at",
    holds=Holds.LOT,
)
