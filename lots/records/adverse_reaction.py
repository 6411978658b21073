"""What a patient suffered; it stands without an infusion too."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import DEGREES, LABELLED, gtin_is_right
from lots.grammar.schema import AnyOf, Kind, Names, Ordered, Record, Severity

RECORD = Record(
    "adverse_reaction",
    "reconstitution",
    "One suspected reaction, with the lot as it was reported.",
    key=("reporter", "reaction"),
    columns=(
        Column("reporter", Kind.CODE, "who reports (party id)"),
        Column("reaction", Kind.CODE, "the report's number there", names=Names.NUMBER),
        Column("site", Kind.CODE, "where the infusion was (party id)", names=Names.PLACE),
        Column(
            "administration", Kind.CODE, "the infusion's number at that site", names=Names.NUMBER
        ),
        Column("patient_key", Kind.CODE, "opaque key of the patient", names=Names.PERSON),
        *LABELLED,
        Column("expires_on_reported", Kind.DAY, "the expiry as reported"),
        Column("onset_at", Kind.INSTANT, "when it began", happened=True),
        Column("kind", Kind.CODE, "what it was", required=True),
        Column(
            "serious", Kind.CHOICE, "whether it was serious", required=True, choices=("yes", "no")
        ),
        Column(
            "seriousness",
            Kind.CHOICE,
            "why",
            choices=(
                "death",
                "life_threatening",
                "hospitalisation",
                "disability",
                "congenital",
                "other",
            ),
        ),
        Column(
            "outcome",
            Kind.CHOICE,
            "how it ended",
            choices=("recovered", "recovering", "not_recovered", "sequelae", "fatal", "unknown"),
        ),
        Column(
            "imputability",
            Kind.COUNT,
            "0 excluded or unlikely, 1 possible, 2 likely, 3 certain",
            limits=DEGREES,
        ),
        Column("aware_at", Kind.INSTANT, "when the reporter knew", required=True, happened=True),
        Column("reported_at", Kind.INSTANT, "when it was reported to the authority", happened=True),
    ),
    links=(
        Link("reporter", ("reporter",), "party"),
        Link("administration", ("site", "administration"), "administration"),
    ),
    rules=(
        gtin_is_right("R01.reaction.gtin"),
        Rule(
            "K01.reaction.lot",
            AnyOf(("lot_number", "administration")),
            "It names a lot or an infusion.",
            "21 CFR 600.80(f)(3) (S)",
            severity=Severity.CRITICAL,
        ),
        Rule(
            "K01.reaction.order",
            Ordered("onset_at", "aware_at"),
            "It was known after it began.",
            "21 CFR 600.80(c) (S)",
            severity=Severity.WARNING,
        ),
    ),
    at="aware_at",
)
