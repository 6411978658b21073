"""Each vial that went into a preparation."""

from lots.grammar.column import Column, Each, Link, Lookup
from lots.grammar.columns import IN_A_PACK, LABELLED, OF_A_PATIENT, label_rules, numbered, vials
from lots.grammar.links import OF_VIALS
from lots.grammar.schema import Kind, Line, Names, Record, Tells

RECORD = Record(
    "reconstitution_vial",
    "reconstitution",
    "One vial, or several of one lot, in a preparation.",
    # One bag of many vials, of several lots.
    key=("site", "preparation", "item"),
    columns=(
        Column(1, "site", Kind.CODE, "where it was prepared (party id)", tells=Tells.PLACE),
        Column(
            2, "preparation", Kind.CODE, "the preparation's number at that site", names=Names.NUMBER
        ),
        Column(3, "item", Kind.COUNT, "the vial's number within the preparation"),
        *numbered(4, LABELLED),
        # One vial of a pack may be in this bag, the next in another patient's.
        Column(
            7,
            "position",
            Kind.COUNT,
            "the vial's position in a pack of several",
            limits=IN_A_PACK,
            completable=True,
        ),
        vials(8, OF_A_PATIENT, completable=True),
    ),
    links=(
        Link("preparation", ("site", "preparation"), "reconstitution", each=Each("reconstitution")),
        *OF_VIALS,
    ),
    rules=label_rules("reconstitution_vial"),
    line=Line.PREPARED,
    enough=(("pack", "lot"),),
    looked_up=(Lookup(("gtin", "serial")),),
)
