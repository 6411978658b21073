"""One filling run."""

from decimal import Decimal

from lots.grammar.column import Column, Rule
from lots.grammar.columns import OF_A_BATCH
from lots.grammar.links import nameless, party
from lots.grammar.schema import Between, Holds, Kind, Names, Ordered, Record, Severity, Tells

RECORD = Record(
    "filling",
    "lyophilisation",
    "One run of a filling line: where the count of vials begins.",
    key=("plant", "batch"),
    columns=(
        Column(1, "plant", Kind.CODE, "who filled (party id)", tells=Tells.MAKER),
        Column(2, "batch", Kind.CODE, "the batch's number at that plant", names=Names.NUMBER),
        Column(3, "fill_line", Kind.CODE, "on which line", required=True, completable=True),
        # Named like the other materials, and no link: nothing that can be asked about begins with
        # it.
        Column(
            4, "stopper_lot", Kind.CODE, "the stoppers' lot", names=Names.LABEL, completable=True
        ),
        Column(
            5,
            "filter_lot",
            Kind.CODE,
            "the sterile filter's lot",
            names=Names.LABEL,
            completable=True,
        ),
        Column(
            6, "started_at", Kind.INSTANT, "start", required=True, happened=True, completable=True
        ),
        Column(7, "ended_at", Kind.INSTANT, "end", happened=True, completable=True),
        # Every account of a lot's vials begins here, never with the packs that we happen to know.
        Column(
            8,
            "vials_filled",
            Kind.COUNT,
            "vials filled",
            "vials",
            required=True,
            limits=OF_A_BATCH,
            completable=True,
        ),
    ),
    links=(
        party("plant"),
        nameless("line", "fill_line", "fill line"),
        nameless("filter", "filter_lot", "filter lot"),
    ),
    rules=(
        Rule(
            "P06.filled",
            Between("vials_filled", Decimal(1)),
            "At least one vial was filled.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
            holds=Holds.LOT,
            unit="vials",
        ),
        Rule(
            "P06.filling.order",
            Ordered("started_at", "ended_at"),
            "Filling ends after it starts.",
            "21 CFR 606.160(a)(1) (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
    ),
    at="started_at",
    holds=Holds.LOT,
)
