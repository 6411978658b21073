"""What became of a vial that was not given."""

from lots.grammar.column import Column, Link, Lookup
from lots.grammar.columns import IN_A_PACK, LABELLED, label_rules, numbered, vials, yes_no
from lots.grammar.links import COUNTED_LOT, SAYS_WHO_HAD_PACKS, party
from lots.grammar.schema import Kind, Names, Record, Tells

RECORD = Record(
    "vial_fate",
    "distribution",
    "Vials returned, destroyed, lost or wasted.",
    # By what the teller calls it: vials that ended may have neither serial nor pack.
    key=("party", "fate"),
    columns=(
        Column(1, "party", Kind.CODE, "who tells it (party id)", tells=Tells.PLACE),
        Column(2, "fate", Kind.CODE, "its number there", names=Names.NUMBER),
        Column(
            3,
            "kind",
            Kind.CHOICE,
            "what became of them",
            required=True,
            # What is returned unfit ends as well; the others always do (E03.end).
            choices=("returned", "destroyed", "lost", "wasted"),
        ),
        *numbered(4, LABELLED),
        Column(
            7, "position", Kind.COUNT, "the vial's position in a pack of several", limits=IN_A_PACK
        ),
        vials(8),
        # What comes back fit may be sold again, so a return is no end of a vial.
        yes_no(9, "fit", "whether what was returned is fit for use"),
        Column(10, "at", Kind.INSTANT, "when", required=True, happened=True),
        Column(11, "reason", Kind.TEXT, "why"),
    ),
    links=(
        party("party", aside=SAYS_WHO_HAD_PACKS),
        Link("pack", ("gtin", "serial"), "pack"),
        COUNTED_LOT,
    ),
    rules=label_rules("vial_fate"),
    at="at",
    enough=(("pack", "lot"),),
    looked_up=(Lookup(("lot_number",)),),
)
