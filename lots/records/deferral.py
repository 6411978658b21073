"""A donor who may not give, from when to when, and why."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.links import TELLS_OF_A_DONOR, party
from lots.grammar.schema import Holds, Kind, Ordered, Record, Severity, Tells

RECORD = Record(
    "deferral",
    "donor_screening",
    "A donor's deferral; where one day is empty it is open.",
    key=("centre", "deferral"),
    columns=(
        Column(1, "centre", Kind.CODE, "who deferred (party id)", tells=Tells.PLACE),
        Column(2, "deferral", Kind.CODE, "the deferral's number there"),
        Column(
            3,
            "donor_key",
            Kind.CODE,
            "opaque key of the donor",
            required=True,
            tells=Tells.DONOR,
            completable=True,
        ),
        Column(4, "deferred_from", Kind.DAY, "the first day", required=True, happened=True),
        # Never filled in later by a fuller row: an end that comes without a correction would let go
        # a donor.
        Column(5, "deferred_until", Kind.DAY, "the last day; empty while it lasts"),
        Column(
            6,
            "cause",
            Kind.CHOICE,
            "why",
            required=True,
            choices=("reactive_result", "examination", "history", "travel", "registry", "other"),
        ),
        # Not the deferral's end: an earlier reactive result counts until here (D07.earlier).
        Column(
            7,
            "requalified_on",
            Kind.DAY,
            "when the donor was admitted again by an approved method",
            happened=True,
        ),
    ),
    links=(
        party("centre"),
        Link("donor", ("donor_key",), "donor", on=("donor_key",), aside=TELLS_OF_A_DONOR),
    ),
    rules=(
        Rule(
            "D11.order",
            Ordered("deferred_from", "deferred_until"),
            "A deferral ends after it begins.",
            "21 CFR 606.160(e) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
    ),
    at="deferred_from",
    holds=Holds.UNIT,
)
