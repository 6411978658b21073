"""What left for whom."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import OF_A_BATCH, gtin_is_right
from lots.grammar.schema import AnyOf, Kind, Names, Record, Severity

RECORD = Record(
    "shipment",
    "distribution",
    "One line of a shipment: packs by serial, or a number of packs of a lot.",
    key=("from_party", "shipment", "item"),
    columns=(
        Column("from_party", Kind.CODE, "who shipped (party id)"),
        Column("shipment", Kind.CODE, "the shipment's number at that party"),
        Column("item", Kind.COUNT, "the line of the shipment"),
        Column(
            "kind",
            Kind.CHOICE,
            "why",
            required=True,
            choices=("sale", "transfer", "return", "trial_supply"),
        ),
        Column("to_party", Kind.CODE, "the consignee (party id)", required=True, names=Names.PLACE),
        Column("shipped_at", Kind.INSTANT, "when it left", required=True, happened=True),
        Column("gtin", Kind.GTIN, "GTIN-14"),
        Column(
            "serial",
            Kind.CODE,
            "the pack's serial; empty where only a count is known",
            names=Names.PACK,
        ),
        Column("lot_number", Kind.CODE, "the lot on the label"),
        Column("packs", Kind.COUNT, "packs shipped", "packs", required=True, limits=OF_A_BATCH),
        Column("sscc", Kind.CODE, "the package, where it is shipped whole", revision=2),
    ),
    links=(
        Link("pack", ("gtin", "serial"), "pack"),
        Link("from", ("from_party",), "party"),
        Link("to", ("to_party",), "party"),
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
)
