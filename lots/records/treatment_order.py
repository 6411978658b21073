"""What a physician ordered."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule, When
from lots.grammar.columns import COURSES, DAYS, IN_A_DAY, amount, yes_no
from lots.grammar.schema import Between, Kind, Names, Outcome, Present, Record, Severity

RISKS = (
    "heart_failure",
    "kidney",
    "diabetes",
    "circulation",
    "allergy",
    "iga_deficiency",
    "thrombosis",
)
MS = When("indication", ("MS",))

RECORD = Record(
    "treatment_order",
    "reconstitution",
    "One order of immunoglobulin for a patient.",
    key=("site", "treatment_order"),
    columns=(
        Column("site", Kind.CODE, "where the patient is treated (party id)"),
        Column("treatment_order", Kind.CODE, "the order's number at that site", names=Names.NUMBER),
        Column(
            "patient_key", Kind.CODE, "opaque key of the patient", required=True, names=Names.PERSON
        ),
        Column("ordered_at", Kind.INSTANT, "when", required=True, happened=True),
        Column(
            "indication",
            Kind.CHOICE,
            "for what; MS is off-label",
            required=True,
            choices=("PID", "CLL", "ITP", "Kawasaki", "CIDP", "MS", "other"),
        ),
        amount("weight_kg", "the patient's weight", "kg", (3, 3)),
        *(yes_no(name, f"the patient is at risk: {name.replace('_', ' ')}") for name in RISKS),
        amount("dose_g", "dose for one day", "g", (4, 3), limits=IN_A_DAY),
        Column("days", Kind.COUNT, "days of a course", "days", limits=DAYS),
        Column("courses", Kind.COUNT, "courses planned", limits=COURSES),
        Column("interval_days", Kind.COUNT, "days from course to course", "days", limits=DAYS),
        Column("failed_therapies", Kind.TEXT, "the therapies that failed"),
        Column("authorisation", Kind.CODE, "the authorisation of an off-label use"),
    ),
    links=(Link("site", ("site",), "party"),),
    rules=(
        Rule(
            "C06.failed",
            Present("failed_therapies"),
            "An order for MS names the therapies that failed.",
            "published MS practice (S)",
            Outcome.NOTICE,
            severity=Severity.INFO,
            when=MS,
        ),
        Rule(
            "C06.authorised",
            Present("authorisation"),
            "An order for MS has its authorisation.",
            "published MS practice (S)",
            Outcome.NOTICE,
            severity=Severity.INFO,
            when=MS,
        ),
        Rule(
            "C00.weight",
            Between("weight_kg", Decimal(1), Decimal(400)),
            "A patient weighs 1 to 400 kg.",
            "the house: what a scale can read",
            severity=Severity.WARNING,
            unit="kg",
        ),
    ),
    at="ordered_at",
)
