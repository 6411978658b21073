"""What a physician ordered."""

from decimal import Decimal

from lots.grammar.column import Column, Rule, When
from lots.grammar.columns import COURSES, DAYS, IN_A_DAY, amount, yes_no
from lots.grammar.links import nameless, party
from lots.grammar.schema import Between, Kind, Names, Outcome, Present, Record, Severity, Tells

# Each by itself: R06 slows an infusion for some of them.
RISKS = {
    7: "heart_failure",
    8: "kidney",
    9: "diabetes",
    10: "circulation",
    11: "allergy",
    12: "iga_deficiency",
    13: "thrombosis",
}
MS = When("indication", ("MS",))

RECORD = Record(
    "treatment_order",
    "reconstitution",
    "One order of immunoglobulin for a patient.",
    key=("site", "treatment_order"),
    columns=(
        Column(1, "site", Kind.CODE, "where the patient is treated (party id)", tells=Tells.PLACE),
        Column(
            2, "treatment_order", Kind.CODE, "the order's number at that site", names=Names.NUMBER
        ),
        Column(
            3,
            "patient_key",
            Kind.CODE,
            "opaque key of the patient",
            required=True,
            tells=Tells.PATIENT,
            completable=True,
        ),
        Column(
            4, "ordered_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(
            5,
            "indication",
            Kind.CHOICE,
            "for what; MS is off-label",
            required=True,
            choices=("PID", "CLL", "ITP", "Kawasaki", "CIDP", "MS", "other"),
        ),
        amount(6, "weight_kg", "the patient's weight", "kg", (3, 3), completable=True),
        *(
            yes_no(number, name, f"the patient is at risk: {name.replace('_', ' ')}")
            for number, name in RISKS.items()
        ),
        # Of one day: courses are given over several.
        amount(14, "dose_g", "dose for one day", "g", (4, 3), limits=IN_A_DAY, completable=True),
        Column(15, "days", Kind.COUNT, "days of a course", "days", limits=DAYS, completable=True),
        Column(16, "courses", Kind.COUNT, "courses planned", limits=COURSES, completable=True),
        Column(
            17,
            "interval_days",
            Kind.COUNT,
            "days from course to course",
            "days",
            limits=DAYS,
            completable=True,
        ),
        # Clinical practice is told as a notice: it never holds anything.
        Column(18, "failed_therapies", Kind.TEXT, "the therapies that failed"),
        Column(19, "authorisation", Kind.CODE, "the authorisation of an off-label use"),
    ),
    links=(
        party("site"),
        nameless("patient", "patient_key", "patient"),
    ),
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
