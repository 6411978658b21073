"""What left for whom."""

from lots.grammar.column import Column, Link, Lookup, Rule
from lots.grammar.columns import OF_A_BATCH, gtin_is_right
from lots.grammar.links import COUNTED_LOT, SAYS_WHERE, SAYS_WHO_HAD_PACKS, nameless
from lots.grammar.schema import AnyOf, Kind, Names, Record, Severity, Tells

RECORD = Record(
    "shipment",
    "distribution",
    "One line of a shipment: packs by serial, or a number of packs of a lot.",
    # By line, since packs without a serial are shipped by lot and count.
    key=("from_party", "shipment", "item"),
    columns=(
        Column(1, "from_party", Kind.CODE, "who shipped (party id)", tells=Tells.PLACE),
        Column(2, "shipment", Kind.CODE, "the shipment's number at that party"),
        Column(3, "item", Kind.COUNT, "the line of the shipment"),
        # A return is a shipment as well: goods go back the way they came, and are looked for on it.
        Column(
            4,
            "kind",
            Kind.CHOICE,
            "why",
            required=True,
            # What was shipped for a trial is not sold, and is recalled all the same.
            choices=("sale", "transfer", "return", "trial_supply"),
        ),
        Column(
            5,
            "to_party",
            Kind.CODE,
            "the consignee (party id)",
            required=True,
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(
            6,
            "shipped_at",
            Kind.INSTANT,
            "when it left",
            required=True,
            happened=True,
            completable=True,
        ),
        Column(7, "gtin", Kind.GTIN, "GTIN-14", tells=Tells.PRODUCT),
        Column(
            8,
            "serial",
            Kind.CODE,
            "the pack's serial; empty where only a count is known",
            names=Names.PACK,
        ),
        Column(9, "lot_number", Kind.CODE, "the lot on the label"),
        Column(10, "packs", Kind.COUNT, "packs shipped", "packs", required=True, limits=OF_A_BATCH),
        # A serial goes first where both are told: a package is asked for only by lines without one.
        Column(11, "sscc", Kind.CODE, "the package, where it is shipped whole"),
    ),
    links=(
        Link("pack", ("gtin", "serial"), "pack"),
        Link("from", ("from_party",), "party", aside=SAYS_WHERE),
        Link("to", ("to_party",), "party", aside=SAYS_WHO_HAD_PACKS),
        COUNTED_LOT,
        nameless("package", "sscc", "package"),
    ),
    rules=(
        gtin_is_right("R01.shipment.gtin"),
        Rule(
            "R01.shipment.named",
            AnyOf(("serial", "lot_number")),
            "What was shipped is named by serial or by lot.",
            "21 CFR 211.196 (S)",
            severity=Severity.CRITICAL,
        ),
    ),
    at="shipped_at",
    enough=(("pack", "lot", "package"),),
    looked_up=(
        Lookup(("lot_number",)),
        # With the serial, so that only lines of whole packages are read.
        Lookup(("sscc", "serial")),
        Lookup(("to_party",)),
    ),
)
