"""What a patient suffered; it stands without an infusion too."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import DEGREES, LABELLED, gtin_is_right, numbered
from lots.grammar.links import TELLS_OF_AN_INFUSION, party
from lots.grammar.schema import AnyOf, Kind, Names, Ordered, Record, Severity, Tells

RECORD = Record(
    "adverse_reaction",
    "reconstitution",
    "One suspected reaction, with the lot as it was reported.",
    # By the reporter's number: a reaction stands without any infusion that we know of.
    key=("reporter", "reaction"),
    columns=(
        Column(1, "reporter", Kind.CODE, "who reports (party id)", tells=Tells.PLACE),
        Column(2, "reaction", Kind.CODE, "the report's number there", names=Names.NUMBER),
        Column(
            3,
            "site",
            Kind.CODE,
            "where the infusion was (party id)",
            tells=Tells.PLACE,
            completable=True,
        ),
        # Whose number it is, its site says; a report of another place often knows neither.
        Column(
            4,
            "administration",
            Kind.CODE,
            "the infusion's number at that site",
            names=Names.NUMBER,
            completable=True,
        ),
        Column(
            5,
            "patient_key",
            Kind.CODE,
            "opaque key of the patient",
            tells=Tells.PATIENT,
            completable=True,
        ),
        *numbered(6, LABELLED),
        # As the reporter read it, right or wrong: it is held against nothing.
        Column(9, "expires_on_reported", Kind.DAY, "the expiry as reported"),
        Column(10, "onset_at", Kind.INSTANT, "when it began", happened=True, completable=True),
        Column(11, "kind", Kind.CODE, "what it was", required=True),
        Column(
            12,
            "serious",
            Kind.CHOICE,
            "whether it was serious",
            required=True,
            choices=("yes", "no"),
        ),
        Column(
            13,
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
            14,
            "outcome",
            Kind.CHOICE,
            "how it ended",
            choices=("recovered", "recovering", "not_recovered", "sequelae", "fatal", "unknown"),
        ),
        # May be said again with another degree: each is a declared correction.
        Column(
            15,
            "imputability",
            Kind.COUNT,
            "0 excluded or unlikely, 1 possible, 2 likely, 3 certain",
            limits=DEGREES,
        ),
        Column(
            16,
            "aware_at",
            Kind.INSTANT,
            "when the reporter knew",
            required=True,
            happened=True,
            completable=True,
        ),
        Column(
            17, "reported_at", Kind.INSTANT, "when it was reported to the authority", happened=True
        ),
    ),
    links=(
        party("reporter"),
        Link(
            "administration",
            ("site", "administration"),
            "administration",
            aside=TELLS_OF_AN_INFUSION,
        ),
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
