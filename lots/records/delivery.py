"""What arrived."""

from lots.grammar.column import Column, Link, Lookup
from lots.grammar.columns import OF_A_BATCH
from lots.grammar.links import SAYS_WHO_HAD_PACKS
from lots.grammar.schema import Kind, Record, Tells

RECORD = Record(
    "delivery",
    "distribution",
    "One line of a shipment as it arrived.",
    key=("from_party", "shipment", "item"),
    columns=(
        Column(1, "from_party", Kind.CODE, "who shipped (party id)", tells=Tells.PLACE),
        Column(2, "shipment", Kind.CODE, "the shipment's number at that party"),
        Column(3, "item", Kind.COUNT, "the line of the shipment"),
        Column(
            4,
            "to_party",
            Kind.CODE,
            "who received (party id)",
            required=True,
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(
            5,
            "delivered_at",
            Kind.INSTANT,
            "when it arrived",
            required=True,
            happened=True,
            completable=True,
        ),
        # What arrived, not what was sent: the rest is in transit, or lost.
        Column(6, "packs", Kind.COUNT, "packs received", "packs", required=True, limits=OF_A_BATCH),
    ),
    links=(
        # What was in it is told by the shipment alone: a delivery without one could be of anything.
        Link("shipment", ("from_party", "shipment", "item"), "shipment"),
        Link("to", ("to_party",), "party", aside=SAYS_WHO_HAD_PACKS),
    ),
    at="delivered_at",
    looked_up=(Lookup(("to_party",)),),
)
