"""Which bulk was filled into which lot."""

from lots.grammar.column import Column, Each, Link, Makes
from lots.grammar.columns import NOT_NEGATIVE, OF_A_BATCH, amount
from lots.grammar.links import MADE_OF
from lots.grammar.schema import Holds, Kind, Names, Record, Tells

# Steps are told by the record, not by the row: a filling makes filled of bulk.
OF_PLANT = ("manufacturer", "lot_number")

RECORD = Record(
    "filling_load",
    "lyophilisation",
    "One bulk lot in a filling run, and the filled lot that it became.",
    key=("plant", "batch", "from_lot_number", "lot_number"),
    columns=(
        Column(
            1,
            "plant",
            Kind.CODE,
            "who filled, and whose lots these are (party id)",
            tells=Tells.MAKER,
        ),
        Column(2, "batch", Kind.CODE, "the batch's number at that plant", names=Names.NUMBER),
        Column(3, "from_lot_number", Kind.CODE, "the bulk lot that went in"),
        Column(4, "lot_number", Kind.CODE, "the filled lot that came out"),
        Column(
            5,
            "vials",
            Kind.COUNT,
            "vials of that lot",
            "vials",
            limits=OF_A_BATCH,
            completable=True,
        ),
        amount(6, "amount_kg", "bulk used", "kg", limits=NOT_NEGATIVE, completable=True),
    ),
    links=(
        Link("batch", ("plant", "batch"), "filling", each=Each("filling")),
        Link(
            "from_lot",
            ("plant", "from_lot_number"),
            "lot",
            on=OF_PLANT,
            fixed=(("step", "bulk"),),
            makes=Makes.INPUT,
        ),
        Link(
            "lot",
            ("plant", "lot_number"),
            "lot",
            on=OF_PLANT,
            fixed=(("step", "filled"),),
            makes=Makes.OUTPUT,
            each=MADE_OF,
        ),
    ),
    holds=Holds.LOT,
)
