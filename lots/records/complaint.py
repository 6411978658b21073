"""What somebody complained of."""

from lots.columns import NAMED
from lots.schema import CheckCharacter, Column, Kind, Link, Record, Rule, Severity

RECORD = Record(
    "complaint", "distribution", "One complaint about a product.",
    key=("party", "complaint"),
    columns=(
        Column("party", Kind.CODE, "who received it (party id)"),
        Column("complaint", Kind.CODE, "its number there"),
        *NAMED,
        Column("kind", Kind.CHOICE, "about what", required=True,
               choices=("appearance", "particles", "dissolution", "packaging", "label", "effect", "other")),
        Column("received_at", Kind.INSTANT, "when", required=True),
        Column("outcome", Kind.CHOICE, "what it was found to be", choices=("confirmed", "not_confirmed", "open")),
    ),
    links=(Link("party", ("party",), "party"), Link("pack", ("gtin", "serial"), "pack")),
    rules=(
        Rule("R01.complaint.gtin", CheckCharacter("gtin", "gs1"), "The GTIN's check digit is the computed one.",
             "GS1 General Specifications, check digit (S)", severity=Severity.CRITICAL),
    ),
    at="received_at",
)
