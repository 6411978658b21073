"""What somebody counted on a shelf."""

from lots.grammar.column import Column, Link, Lookup
from lots.grammar.columns import HANDLED, OF_A_BATCH, label_rules, numbered
from lots.grammar.links import COUNTED_LOT, SAYS_WHO_HAD_PACKS, party
from lots.grammar.schema import Kind, Record, Tells

RECORD = Record(
    "stock_count",
    "distribution",
    "One line of a count of stock.",
    key=("party", "stocktake", "item"),
    columns=(
        Column(1, "party", Kind.CODE, "who counted (party id)", tells=Tells.PLACE),
        Column(2, "stocktake", Kind.CODE, "the count's number there"),
        Column(3, "item", Kind.COUNT, "the line"),
        *numbered(4, HANDLED),
        # Nought counts: a pack that was looked for and not found.
        Column(7, "packs", Kind.COUNT, "packs found", "packs", required=True, limits=OF_A_BATCH),
        Column(8, "counted_at", Kind.INSTANT, "when", required=True, happened=True),
    ),
    links=(
        party("party", aside=SAYS_WHO_HAD_PACKS),
        Link("pack", ("gtin", "serial"), "pack"),
        COUNTED_LOT,
    ),
    rules=label_rules("stock_count"),
    at="counted_at",
    enough=(("pack", "lot"),),
    looked_up=(Lookup(("lot_number",)),),
)
