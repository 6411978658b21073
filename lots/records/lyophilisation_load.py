"""Which lots were dried in a run."""

from decimal import Decimal

from lots.grammar.column import Column, Each, Link, Makes, Rule
from lots.grammar.columns import OF_A_BATCH
from lots.grammar.links import MADE_OF
from lots.grammar.schema import Between, Holds, Kind, Names, Record, Severity, Tells

OF_PLANT = ("manufacturer", "lot_number")

RECORD = Record(
    "lyophilisation_load",
    "lyophilisation",
    "One filled lot in a run, and the dried lot that it became.",
    # A cycle dries several lots at once.
    key=("plant", "cycle", "from_lot_number", "lot_number"),
    columns=(
        Column(
            1, "plant", Kind.CODE, "whose dryer it is, and whose lots (party id)", tells=Tells.MAKER
        ),
        Column(2, "cycle", Kind.CODE, "the run's number at that plant", names=Names.NUMBER),
        Column(3, "from_lot_number", Kind.CODE, "the filled lot that went in"),
        Column(4, "lot_number", Kind.CODE, "the dried lot that came out"),
        Column(
            5, "vials", Kind.COUNT, "vials loaded", "vials", limits=OF_A_BATCH, completable=True
        ),
        # As text: plants number shelves in ways of their own, and no rule asks.
        Column(6, "shelves", Kind.TEXT, "on which shelves", completable=True),
    ),
    links=(
        Link("cycle", ("plant", "cycle"), "lyophilisation", each=Each("lyophilisation")),
        Link(
            "from_lot",
            ("plant", "from_lot_number"),
            "lot",
            on=OF_PLANT,
            fixed=(("step", "filled"),),
            makes=Makes.INPUT,
        ),
        Link(
            "lot",
            ("plant", "lot_number"),
            "lot",
            on=OF_PLANT,
            fixed=(("step", "dried"),),
            makes=Makes.OUTPUT,
            each=MADE_OF,
        ),
    ),
    rules=(
        Rule(
            "L06.vials",
            Between("vials", Decimal(1)),
            "A load has at least one vial.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
            unit="vials",
        ),
    ),
    holds=Holds.LOT,
)
