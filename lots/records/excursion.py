"""A temperature out of limits while stored or on the way."""

from lots.grammar.column import Column, Link, Lookup, Rule
from lots.grammar.columns import CELSIUS, amount, yes_no
from lots.grammar.links import SAYS_WHERE, party
from lots.grammar.schema import Kind, Ordered, Record, Severity, Tells

RECORD = Record(
    "excursion",
    "distribution",
    "One time out of the storage limits, of a shipment or at a place.",
    key=("party", "excursion"),
    columns=(
        Column(1, "party", Kind.CODE, "who tells it (party id)", tells=Tells.PLACE),
        Column(2, "excursion", Kind.CODE, "its number there"),
        # No link to the shipment, which is told by lines: an excursion is of all of them.
        Column(
            3,
            "from_party",
            Kind.CODE,
            "who shipped, where it was a shipment (party id)",
            tells=Tells.PLACE,
        ),
        Column(4, "shipment", Kind.CODE, "the shipment's number at that party"),
        Column(5, "began_at", Kind.INSTANT, "since when", required=True, happened=True),
        Column(6, "ended_at", Kind.INSTANT, "until when", happened=True),
        amount(7, "coldest_c", "coldest", "°C", (3, 2), limits=CELSIUS),
        amount(8, "warmest_c", "warmest", "°C", (3, 2), limits=CELSIUS),
        yes_no(9, "fit", "whether the goods were found fit for use"),
    ),
    links=(party("party"), Link("from", ("from_party",), "party", aside=SAYS_WHERE)),
    rules=(
        Rule(
            "X01.order",
            Ordered("began_at", "ended_at"),
            "It ends after it began.",
            "21 CFR 211.196 (S)",
            severity=Severity.HIGH,
        ),
        Rule(
            "X01.temperature",
            Ordered("coldest_c", "warmest_c"),
            "The coldest is not above the warmest.",
            "the house: what a thermometer can read",
            severity=Severity.HIGH,
        ),
    ),
    at="began_at",
    looked_up=(Lookup(("from_party", "shipment")),),
)
