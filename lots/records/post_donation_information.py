"""What became known of a donor or a donation afterwards."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.links import TELLS_OF_A_DONOR, party
from lots.grammar.schema import AnyOf, Holds, Kind, Names, Ordered, Record, Severity, Tells

RECORD = Record(
    "post_donation_information",
    "donor_screening",
    "Later knowledge about a donor or a donation.",
    key=("centre", "information"),
    columns=(
        Column(1, "centre", Kind.CODE, "who learned it (party id)", tells=Tells.PLACE),
        Column(2, "information", Kind.CODE, "its number there"),
        # Either of the two is enough: much is learned of a person and of no donation in particular.
        Column(
            3,
            "donor_key",
            Kind.CODE,
            "opaque key of the donor",
            tells=Tells.DONOR,
            completable=True,
        ),
        Column(
            4,
            "donation_number",
            Kind.CODE,
            "the donation, where it is about one",
            completable=True,
            names=Names.NUMBER,
        ),
        Column(
            5,
            "kind",
            Kind.CHOICE,
            "what became known",
            required=True,
            choices=(
                "health_criteria",
                "later_marker",
                "testing",
                "donor_disease",
                "cjd",
                "travel",
                "recipient_infection",
            ),
        ),
        # Since when the donor had it decides which donations are concerned; learned it may be years
        # later.
        Column(6, "effective_on", Kind.DAY, "since when it is so", happened=True),
        Column(
            7,
            "learned_at",
            Kind.INSTANT,
            "when it was learned",
            required=True,
            happened=True,
            completable=True,
        ),
        # A clock runs from learned_at to here (K01.information).
        Column(
            8,
            "reviewed_at",
            Kind.INSTANT,
            "when the earlier donations had been reviewed",
            happened=True,
        ),
    ),
    links=(
        party("centre"),
        Link("donor", ("donor_key",), "donor", on=("donor_key",), aside=TELLS_OF_A_DONOR),
        Link(
            "donation",
            ("donation_number",),
            "donation",
            aside="tells of a donation, and leads to no unit of it",
        ),
    ),
    rules=(
        Rule(
            "PDI.about",
            AnyOf(("donor_key", "donation_number")),
            "It says of whom, or of which donation.",
            "21 CFR 606.171 (S)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
        ),
        Rule(
            "PDI.order",
            Ordered("learned_at", "reviewed_at"),
            "The review comes after it was learned.",
            "21 CFR 610.46(a)(1) (S)",
            severity=Severity.HIGH,
            # Late review is the case's fault, not the plasma's.
            holds=Holds.CASE,
        ),
    ),
    at="learned_at",
    holds=Holds.UNIT,
)
