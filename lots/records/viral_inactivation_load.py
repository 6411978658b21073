"""Which lots were in a virus treatment, and which came out of it."""

from lots.grammar.column import Column, Each, Link, Makes
from lots.grammar.columns import NOT_NEGATIVE, amount
from lots.grammar.links import MADE_OF
from lots.grammar.schema import Holds, Kind, Names, Record, Tells
from lots.records.lot import STEPS

RECORD = Record(
    "viral_inactivation_load",
    "viral_inactivation",
    "One lot in a virus treatment, and the lot that it became.",
    # What went in and what came out: a batch may take several lots, and give several.
    key=("plant", "batch", "from_lot_number", "from_step", "lot_number", "step"),
    columns=(
        Column(
            1,
            "plant",
            Kind.CODE,
            "who treated, and whose lots these are (party id)",
            tells=Tells.MAKER,
        ),
        Column(2, "batch", Kind.CODE, "the batch's number at that plant", names=Names.NUMBER),
        Column(3, "from_lot_number", Kind.CODE, "the lot that went in"),
        Column(4, "from_step", Kind.CHOICE, "its step", choices=STEPS),
        Column(5, "lot_number", Kind.CODE, "the lot that came out"),
        Column(6, "step", Kind.CHOICE, "its step", choices=STEPS),
        amount(7, "amount_kg", "how much went in", "kg", limits=NOT_NEGATIVE, completable=True),
    ),
    links=(
        Link("batch", ("plant", "batch"), "viral_inactivation", each=Each("viral_inactivation")),
        Link("from_lot", ("plant", "from_lot_number", "from_step"), "lot", makes=Makes.INPUT),
        Link("lot", ("plant", "lot_number", "step"), "lot", makes=Makes.OUTPUT, each=MADE_OF),
    ),
    holds=Holds.LOT,
)
