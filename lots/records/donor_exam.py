"""A donor's examination by a physician, or the four-month sample."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.links import TELLS_OF_A_DONOR, party
from lots.grammar.schema import Holds, Kind, Names, OneOf, Ordered, Record, Severity, Tells

RECORD = Record(
    "donor_exam",
    "donor_screening",
    "One examination or four-month sample of a donor.",
    key=("centre", "exam"),
    columns=(
        Column(1, "centre", Kind.CODE, "who examined (party id)", tells=Tells.PLACE),
        Column(2, "exam", Kind.CODE, "its number there"),
        Column(
            3,
            "donor_key",
            Kind.CODE,
            "opaque key of the donor",
            required=True,
            tells=Tells.DONOR,
            completable=True,
        ),
        Column(
            4,
            "kind",
            Kind.CHOICE,
            "what was done",
            required=True,
            choices=("physical", "four_month_sample"),
        ),
        Column(
            5, "examined_on", Kind.DAY, "the day", required=True, happened=True, completable=True
        ),
        Column(6, "reviewed_on", Kind.DAY, "when a physician reviewed it", happened=True),
        # A sample that is late is admitted only where somebody reviewed it: who, may not be filled
        # in silently.
        Column(
            7,
            "reviewed_by",
            Kind.CODE,
            "who, as stated by the sender",
            names=Names.PERSON,
            tells=Tells.STAFF,
        ),
        Column(
            8,
            "conclusion",
            Kind.CHOICE,
            "what was concluded",
            required=True,
            choices=("suitable", "unsuitable"),
        ),
    ),
    links=(
        party("centre"),
        Link("donor", ("donor_key",), "donor", on=("donor_key",), aside=TELLS_OF_A_DONOR),
    ),
    rules=(
        # An empty conclusion is no good one: it is a finding by itself.
        Rule(
            "D06.suitable",
            OneOf("conclusion", ("suitable",)),
            "The donor was found suitable.",
            "21 CFR 640.63(b)(1) (S)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
        ),
        Rule(
            "D06.reviewed",
            Ordered("examined_on", "reviewed_on"),
            "The review comes after the examination.",
            "21 CFR 640.65(b)(2)(i) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
    ),
    at="examined_on",
    holds=Holds.UNIT,
)
