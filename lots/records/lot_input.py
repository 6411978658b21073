"""What went into a lot."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Makes, Rule, When
from lots.grammar.links import MADE_OF
from lots.grammar.schema import Between, Holds, Kind, Record, Severity, Tells
from lots.records.lot import STEPS

# By step, since pools, lots and bought lots are three records with keys of their own.
OF_A_POOL = When("from_step", ("pool",))
OF_A_LOT = When("from_step", tuple(step for step in STEPS if step != "external"))
EXTERNAL = When("from_step", ("external",))

RECORD = Record(
    "lot_input",
    "pooling",
    "One pool, lot or external lot that went into a lot.",
    # Every pair is a row: a lot has many inputs, and an input goes into many lots.
    key=("manufacturer", "lot_number", "step", "from_manufacturer", "from_number", "from_step"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose lot it became (party id)", tells=Tells.MAKER),
        Column(2, "lot_number", Kind.CODE, "the lot that it became"),
        Column(3, "step", Kind.CHOICE, "that lot's step", choices=STEPS),
        Column(
            4,
            "from_manufacturer",
            Kind.CODE,
            "whose number the input has (party id)",
            tells=Tells.MAKER,
        ),
        Column(5, "from_number", Kind.CODE, "the input's pool or lot number"),
        Column(6, "from_step", Kind.CHOICE, "the input's step", choices=("pool", *STEPS)),
        Column(
            7, "amount", Kind.AMOUNT, "how much of it was taken", digits=(9, 3), completable=True
        ),
        Column(
            8, "amount_unit", Kind.CHOICE, "in which unit", choices=("kg", "L", "vials", "packs")
        ),
    ),
    links=(
        Link(
            "lot",
            ("manufacturer", "lot_number", "step"),
            "lot",
            makes=Makes.OUTPUT,
            each=MADE_OF,
        ),
        Link(
            "from_pool",
            ("from_manufacturer", "from_number"),
            "pool",
            when=OF_A_POOL,
            makes=Makes.INPUT,
        ),
        Link(
            "from_lot",
            ("from_manufacturer", "from_number", "from_step"),
            "lot",
            when=OF_A_LOT,
            makes=Makes.INPUT,
        ),
        # Walked as far as the supplier, and no further: the certificate says where the chain goes
        # on.
        Link(
            "from_external",
            ("from_manufacturer", "from_number"),
            "external_lot",
            when=EXTERNAL,
            makes=Makes.INPUT,
        ),
    ),
    rules=(
        Rule(
            "P06.input",
            Between("amount", Decimal("0.001")),
            "What was taken is more than nothing.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
        ),
    ),
    holds=Holds.LOT,
)
