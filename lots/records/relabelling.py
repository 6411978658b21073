"""A pack that got another number."""

from lots.grammar.column import Column, Link, Lookup
from lots.grammar.columns import gtin_is_right
from lots.grammar.links import SAYS_WHO_HAD_PACKS, party
from lots.grammar.schema import Holds, Kind, Outcome, Record, Tells

RECORD = Record(
    "relabelling",
    "distribution",
    "One pack under a new GTIN or serial.",
    # One pack may become several, and several one.
    key=("gtin", "serial", "new_gtin", "new_serial"),
    columns=(
        Column(1, "gtin", Kind.GTIN, "GTIN before", tells=Tells.PRODUCT),
        Column(2, "serial", Kind.CODE, "serial before"),
        Column(3, "new_gtin", Kind.GTIN, "GTIN after", tells=Tells.PRODUCT),
        Column(4, "new_serial", Kind.CODE, "serial after"),
        Column(
            5, "party", Kind.CODE, "who relabelled (party id)", tells=Tells.PLACE, completable=True
        ),
        Column(
            6, "relabelled_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(7, "reason", Kind.TEXT, "why"),
    ),
    links=(
        Link("pack", ("gtin", "serial"), "pack"),
        Link("new_pack", ("new_gtin", "new_serial"), "pack"),
        party("party", aside=SAYS_WHO_HAD_PACKS),
    ),
    rules=(
        # All of its key are names that the packer itself gives: a wrong one names nothing.
        gtin_is_right("R01.relabelling.gtin", outcome=Outcome.REFUSE),
        gtin_is_right("R01.relabelling.new_gtin", "new_gtin", outcome=Outcome.REFUSE),
    ),
    at="relabelled_at",
    looked_up=(Lookup(("party",)),),
    holds=Holds.LOT,
)
