"""What did not go as planned."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.links import TELLS_OF_A_LOT, party
from lots.grammar.schema import Holds, Kind, Names, Ordered, Record, Severity, Tells
from lots.records.lot import STEPS

RECORD = Record(
    "deviation",
    "lyophilisation",
    "One deviation, of a batch or of a lot.",
    key=("plant", "deviation"),
    columns=(
        Column(1, "plant", Kind.CODE, "where (party id)", tells=Tells.MAKER),
        Column(2, "deviation", Kind.CODE, "its number there"),
        Column(
            3,
            "kind",
            Kind.CHOICE,
            "what",
            required=True,
            choices=(
                "vacuum",
                "power",
                "condenser",
                "shelf",
                "leak",
                "probe",
                "stopper",
                "breakage",
                "temperature",
                "label",
                "paper",
                "other",
            ),
        ),
        # Either, both or none: many are known before anybody knows what they touch.
        Column(
            4, "batch", Kind.CODE, "batch or cycle concerned", completable=True, names=Names.NUMBER
        ),
        Column(5, "lot_number", Kind.CODE, "lot concerned", completable=True),
        Column(6, "step", Kind.CHOICE, "its step", choices=STEPS),
        Column(
            7,
            "opened_at",
            Kind.INSTANT,
            "when it was known",
            required=True,
            happened=True,
            completable=True,
        ),
        # May not be filled in later: a deviation is closed by somebody, who says so as a
        # correction.
        Column(8, "closed_at", Kind.INSTANT, "when it was closed", happened=True),
        Column(
            9, "reported_at", Kind.INSTANT, "when it was reported to the authority", happened=True
        ),
    ),
    links=(
        party("plant"),
        Link("lot", ("plant", "lot_number", "step"), "lot", aside=TELLS_OF_A_LOT),
    ),
    rules=(
        Rule(
            "K01.deviation.order",
            Ordered("opened_at", "closed_at"),
            "It is closed after it was opened.",
            "21 CFR 606.171 (S)",
            severity=Severity.HIGH,
        ),
    ),
    at="opened_at",
    holds=Holds.LOT,
)
