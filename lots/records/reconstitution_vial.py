"""Each vial that went into a preparation."""

from lots.grammar.column import Column, Link
from lots.grammar.columns import IN_A_PACK, LABELLED, VIALS_AT_ONCE, named
from lots.grammar.schema import Kind, Names, Record

RECORD = Record(
    "reconstitution_vial",
    "reconstitution",
    "One vial, or several of one lot, in a preparation.",
    key=("site", "preparation", "item"),
    columns=(
        Column("site", Kind.CODE, "where it was prepared (party id)"),
        Column(
            "preparation", Kind.CODE, "the preparation's number at that site", names=Names.NUMBER
        ),
        Column("item", Kind.COUNT, "the vial's number within the preparation"),
        *LABELLED,
        Column(
            "position", Kind.COUNT, "the vial's position in a pack of several", limits=IN_A_PACK
        ),
        VIALS_AT_ONCE,
    ),
    links=(Link("preparation", ("site", "preparation"), "reconstitution"),),
    rules=named("reconstitution_vial"),
)
