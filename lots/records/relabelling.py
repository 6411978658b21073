"""A pack that got another number."""

from lots.schema import CheckCharacter, Column, Holds, Kind, Link, Outcome, Record, Rule, Severity

RECORD = Record(
    "relabelling", "distribution", "One pack under a new GTIN or serial.",
    key=("gtin", "serial", "new_gtin", "new_serial"),
    columns=(
        Column("gtin", Kind.CODE, "GTIN-14 before"),
        Column("serial", Kind.CODE, "serial before"),
        Column("new_gtin", Kind.CODE, "GTIN-14 after"),
        Column("new_serial", Kind.CODE, "serial after"),
        Column("party", Kind.CODE, "who relabelled (party id)"),
        Column("relabelled_at", Kind.INSTANT, "when", required=True),
        Column("reason", Kind.TEXT, "why"),
    ),
    links=(
        Link("pack", ("gtin", "serial"), "pack"), Link("new_pack", ("new_gtin", "new_serial"), "pack"),
        Link("party", ("party",), "party"),
    ),
    rules=(
        Rule("R01.relabelling.gtin", CheckCharacter("gtin", "gs1"), "The GTIN's check digit is the computed one.",
             "GS1 General Specifications, check digit (S)", severity=Severity.CRITICAL, holds=Holds.LOT),
        Rule("R01.relabelling.new_gtin", CheckCharacter("new_gtin", "gs1"),
             "The new GTIN's check digit is the computed one.",
             "GS1 General Specifications, check digit (S)", Outcome.FINDING, severity=Severity.CRITICAL,
             holds=Holds.LOT),
    ),
    at="relabelled_at", holds=Holds.LOT,
)
