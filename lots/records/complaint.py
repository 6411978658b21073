"""What somebody complained of."""

from lots.grammar.column import Column, Link
from lots.grammar.columns import LABELLED, gtin_is_right, numbered
from lots.grammar.links import party
from lots.grammar.schema import Kind, Names, Record, Tells

RECORD = Record(
    "complaint",
    "distribution",
    "One complaint about a product.",
    key=("party", "complaint"),
    columns=(
        Column(1, "party", Kind.CODE, "who received it (party id)", tells=Tells.PLACE),
        Column(2, "complaint", Kind.CODE, "its number there", names=Names.NUMBER),
        # As somebody read it off a label: any of them may be missing.
        *numbered(3, LABELLED),
        Column(
            6,
            "kind",
            Kind.CHOICE,
            "about what",
            required=True,
            choices=(
                "appearance",
                "particles",
                "dissolution",
                "packaging",
                "label",
                "effect",
                "other",
            ),
        ),
        Column(
            7, "received_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(
            8,
            "outcome",
            Kind.CHOICE,
            "what it was found to be",
            choices=("confirmed", "not_confirmed", "open"),
        ),
    ),
    links=(
        party("party"),
        Link(
            "pack",
            ("gtin", "serial"),
            "pack",
            aside="tells of a pack, and not who has it or was given it",
        ),
    ),
    rules=(gtin_is_right("R01.complaint.gtin"),),
    at="received_at",
)
