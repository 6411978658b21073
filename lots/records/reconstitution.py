"""One preparation: powder mixed with diluent."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import CELSIUS, NOT_NEGATIVE, PERCENT, amount
from lots.grammar.links import nameless, party
from lots.grammar.schema import Kind, Names, OneOf, Ordered, Record, Severity, Tells

RECORD = Record(
    "reconstitution",
    "reconstitution",
    "One preparation: vials, perhaps of several lots, mixed with diluent.",
    key=("site", "preparation"),
    columns=(
        Column(1, "site", Kind.CODE, "where it was prepared (party id)", tells=Tells.PLACE),
        Column(
            2, "preparation", Kind.CODE, "the preparation's number at that site", names=Names.NUMBER
        ),
        Column(
            3,
            "treatment_order",
            Kind.CODE,
            "the order that it is for",
            names=Names.NUMBER,
            completable=True,
        ),
        # Which one a product takes is reference (R04): a list here would be one product's.
        Column(
            4, "diluent", Kind.CODE, "with what: SWFI, NaCl, D5W", required=True, completable=True
        ),
        Column(
            5, "diluent_lot", Kind.CODE, "the diluent's lot", names=Names.LABEL, completable=True
        ),
        amount(
            6, "volume_ml", "diluent in all", "mL", (6, 2), limits=NOT_NEGATIVE, completable=True
        ),
        Column(
            7,
            "concentration_pct",
            Kind.COUNT,
            "immunoglobulin wanted",
            "%",
            limits=PERCENT,
            completable=True,
        ),
        Column(
            8,
            "started_at",
            Kind.INSTANT,
            "when the diluent was added",
            required=True,
            happened=True,
            completable=True,
        ),
        # From here the hours run in which it must be given (R05).
        Column(
            9,
            "completed_at",
            Kind.INSTANT,
            "when it was dissolved",
            happened=True,
            completable=True,
        ),
        # In clean air it may wait longer.
        Column(10, "place", Kind.CHOICE, "where", choices=("bench", "laminar_flow")),
        amount(11, "stored_c", "warmest until use", "°C", (3, 2), limits=CELSIUS, completable=True),
        Column(12, "clear", Kind.CHOICE, "whether it was clear", choices=("yes", "no")),
    ),
    links=(
        party("site"),
        # Of a bag that was made and never given only the order says whose it was.
        Link(
            "order",
            ("site", "treatment_order"),
            "treatment_order",
            optional="says whom it was for; whose it was, the infusion says",
        ),
        nameless("diluent", "diluent_lot", "diluent lot"),
    ),
    rules=(
        Rule(
            "R04.order",
            Ordered("started_at", "completed_at"),
            "It is dissolved after the diluent was added.",
            "21 CFR 606.160(a)(1) (S)",
            severity=Severity.HIGH,
        ),
        Rule(
            "R04.clear",
            OneOf("clear", ("yes",)),
            "The solution was clear.",
            "product label (S)",
            severity=Severity.HIGH,
        ),
    ),
    at="started_at",
)
