"""Plasma units combined for manufacture."""

from decimal import Decimal

from lots.grammar.column import Column, Rule
from lots.grammar.links import party
from lots.grammar.schema import Between, Holds, Kind, Names, Record, Severity, Tells

RECORD = Record(
    "pool",
    "pooling",
    "Plasma units combined for manufacture: the widest point of the lineage.",
    key=("plant", "pool_number"),
    columns=(
        Column(1, "plant", Kind.CODE, "who pooled (party id)", tells=Tells.MAKER),
        Column(2, "pool_number", Kind.CODE, "the pool's number at that plant", names=Names.NUMBER),
        # What was known of each donor on that day decides (D10), so a pool without it is pending.
        Column(
            3,
            "pooled_at",
            Kind.INSTANT,
            "when the pool was made",
            required=True,
            happened=True,
            completable=True,
        ),
        Column(4, "volume_l", Kind.AMOUNT, "its volume", "L", digits=(7, 3), completable=True),
    ),
    links=(party("plant"),),
    rules=(
        # Holds nothing: an odd size is worth seeing, not a fault.
        Rule(
            "P02.volume",
            Between("volume_l", Decimal(1), Decimal(20000)),
            "A pool holds 1 to 20,000 L.",
            "usual pool sizes, BPAC 1998 (G)",
            severity=Severity.WARNING,
            unit="L",
        ),
    ),
    at="pooled_at",
    holds=Holds.LOT,
)
