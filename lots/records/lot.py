"""What carries a lot number, at one step of manufacture."""

from lots.grammar.column import Column, Lookup, Rule, When
from lots.grammar.columns import NOT_NEGATIVE, gtin_is_right
from lots.grammar.links import party
from lots.grammar.schema import AnyOf, Holds, Kind, Ordered, Present, Record, Severity, Tells

# Not every lot goes through all of them: what comes before what is told by rows, not by this order.
STEPS = ("paste", "bulk", "filled", "dried", "packed", "external")
PACKED = When("step", ("packed",))

RECORD = Record(
    "lot",
    "pooling",
    "A lot at one step: paste, bulk, filled, dried, packed; or an external one, where the chain"
    " ends.",
    # With the step: filled, dried and packed goods often keep one number.
    key=("manufacturer", "lot_number", "step"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose number it is (party id)", tells=Tells.MAKER),
        Column(2, "lot_number", Kind.CODE, "the lot's number"),
        Column(3, "step", Kind.CHOICE, "the step of manufacture", choices=STEPS),
        # By product and maker a line of another product is left out of an answer, so that neither
        # is ever guessed.
        Column(4, "product", Kind.CODE, "what it is of", required=True, tells=Tells.PRODUCT),
        # Empty before packing, and needed then (R01.lot.named): a vial's label has it.
        Column(5, "gtin", Kind.GTIN, "the packed product's GTIN-14", tells=Tells.PRODUCT),
        Column(6, "market", Kind.CODE, "for which market, as an ISO 3166 code"),
        Column(
            7,
            "amount",
            Kind.AMOUNT,
            "how much was made",
            digits=(9, 3),
            limits=NOT_NEGATIVE,
            completable=True,
        ),
        Column(
            8, "amount_unit", Kind.CHOICE, "in which unit", choices=("kg", "L", "vials", "packs")
        ),
        Column(
            9,
            "made_at",
            Kind.INSTANT,
            "when the step was completed",
            required=True,
            happened=True,
            completable=True,
        ),
        # The batch record's, against which the label's is held (R02): one lot was sold with a wrong
        # one.
        Column(10, "expires_on", Kind.DAY, "its expiry by the batch record"),
    ),
    links=(party("manufacturer"),),
    rules=(
        gtin_is_right("R01.lot.gtin", holds=Holds.LOT),
        Rule(
            "R01.lot.named",
            Present("gtin"),
            "A packed lot has a GTIN.",
            "GS1 Application Identifier 01 (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
            when=PACKED,
        ),
        Rule(
            "R02.expiry",
            Present("expires_on"),
            "A packed lot has an expiry.",
            "21 CFR 610.60 (G)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
            when=PACKED,
        ),
        Rule(
            "R02.order",
            Ordered("made_at", "expires_on"),
            "A lot expires after it was made.",
            "market withdrawal of lot LE12LG70AC, 2012 (S)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
        ),
        # Packed lots are counted by packs, so that product stands in for the amount.
        Rule(
            "P06.amount",
            AnyOf(("amount", "gtin")),
            "How much was made is recorded, or what product it became.",
            "the house: every vial is accounted for",
            severity=Severity.WARNING,
        ),
    ),
    at="made_at",
    holds=Holds.LOT,
    # A label tells a number and no maker.
    looked_up=(Lookup(("lot_number",)),),
)
