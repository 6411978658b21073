"""What became of a vial that was not given."""

from lots.grammar.column import Column, Link
from lots.grammar.columns import IN_A_PACK, LABELLED, VIALS, named, yes_no
from lots.grammar.schema import Kind, Names, Record

RECORD = Record(
    "vial_fate",
    "distribution",
    "Vials returned, destroyed, lost or wasted.",
    key=("party", "fate"),
    columns=(
        Column("party", Kind.CODE, "who tells it (party id)"),
        Column("fate", Kind.CODE, "its number there", names=Names.NUMBER),
        Column(
            "kind",
            Kind.CHOICE,
            "what became of them",
            required=True,
            choices=("returned", "destroyed", "lost", "wasted"),
        ),
        *LABELLED,
        Column(
            "position", Kind.COUNT, "the vial's position in a pack of several", limits=IN_A_PACK
        ),
        VIALS,
        yes_no("fit", "whether what was returned is fit for use"),
        Column("at", Kind.INSTANT, "when", required=True, happened=True),
        Column("reason", Kind.TEXT, "why"),
    ),
    links=(Link("party", ("party",), "party"), Link("pack", ("gtin", "serial"), "pack")),
    rules=named("vial_fate"),
    at="at",
)
