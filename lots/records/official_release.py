"""An authority's release of a lot for a market."""

from lots.grammar.column import Column, Link
from lots.grammar.links import TELLS_OF_A_LOT
from lots.grammar.schema import Holds, Kind, Record, Tells

RECORD = Record(
    "official_release",
    "distribution",
    "An authority's release of a packed lot for one market.",
    # Each market releases by itself.
    key=("manufacturer", "lot_number", "market"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose lot it is (party id)", tells=Tells.MAKER),
        Column(2, "lot_number", Kind.CODE, "the packed lot"),
        Column(3, "market", Kind.CODE, "for which market, as an ISO 3166 code"),
        Column(4, "authority", Kind.TEXT, "who released"),
        Column(5, "certificate", Kind.CODE, "the certificate's number"),
        Column(6, "released_at", Kind.INSTANT, "when", required=True, happened=True),
    ),
    links=(
        Link(
            "lot",
            ("manufacturer", "lot_number"),
            "lot",
            on=("manufacturer", "lot_number"),
            # An authority releases what is sold: lots of earlier steps may have the same number.
            fixed=(("step", "packed"),),
            aside=TELLS_OF_A_LOT,
        ),
    ),
    at="released_at",
    holds=Holds.LOT,
)
