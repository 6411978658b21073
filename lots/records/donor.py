"""Donors, seen only as opaque keys, as they stood on a day."""

from lots.grammar.column import Column, Rule
from lots.grammar.links import party
from lots.grammar.schema import Holds, Kind, Ordered, Record, Severity, Tells

RECORD = Record(
    "donor",
    "donor_screening",
    "A donor's standing as of a day.",
    # By day: what was known of a donor when a unit was pooled must stay to be asked.
    # Whoever could work the key out from a name or a birthday would know who it is.
    key=("donor_key", "as_of"),
    columns=(
        Column(
            1,
            "donor_key",
            Kind.CODE,
            "opaque key of the person; never derived from the person's data",
            tells=Tells.DONOR,
        ),
        Column(2, "as_of", Kind.DAY, "the day on which this was so", happened=True),
        Column(
            3,
            "centre",
            Kind.CODE,
            "the centre that says so (party id)",
            required=True,
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(
            4,
            "status",
            Kind.CHOICE,
            "the donor's standing",
            required=True,
            choices=("applicant", "qualified", "deferred"),
        ),
        # Only the limit of haemoglobin hangs on it (D05.sex); nobody has to say it.
        Column(5, "sex", Kind.CHOICE, "as needed for the haemoglobin limit", choices=("F", "M")),
        Column(
            6,
            "qualified_on",
            Kind.DAY,
            "when the donor became qualified",
            happened=True,
            completable=True,
        ),
        Column(
            7,
            "examined_on",
            Kind.DAY,
            "the last examination by a physician",
            happened=True,
            completable=True,
        ),
        # Also records of their own (donor_exam): rules across records judge by those, not by what a
        # centre sums up here.
        Column(
            8,
            "four_month_sample_on",
            Kind.DAY,
            "the last sample for syphilis and protein composition",
            happened=True,
            completable=True,
        ),
    ),
    links=(party("centre"),),
    rules=(
        Rule(
            "D06.examined",
            Ordered("examined_on", "as_of"),
            "The examination is not after the day of the record.",
            "21 CFR 640.63(b)(1) (S)",
            severity=Severity.HIGH,
            # Of a donor nothing can be held: what is held are the units of the donations concerned.
            holds=Holds.UNIT,
        ),
        Rule(
            "D06.sampled",
            Ordered("four_month_sample_on", "as_of"),
            "The four-month sample is not later than the day of the record.",
            "21 CFR 640.65(b)(1) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
    ),
    at="as_of",
    holds=Holds.UNIT,
)
