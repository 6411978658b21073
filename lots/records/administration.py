"""One infusion of one patient."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule, When
from lots.grammar.links import nameless, party
from lots.grammar.schema import Between, Kind, Names, Ordered, Outcome, Record, Severity, Tells

# One that is not given may be called off before its day.
DONE = When("status", ("given", "stopped"))

RECORD = Record(
    "administration",
    "reconstitution",
    "One infusion of one patient.",
    # With the site: it numbers its infusions itself, and so does every other.
    key=("site", "administration"),
    columns=(
        Column(1, "site", Kind.CODE, "where the patient is treated (party id)", tells=Tells.PLACE),
        Column(
            2, "administration", Kind.CODE, "the infusion's number at that site", names=Names.NUMBER
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
        Column(4, "course", Kind.COUNT, "number of the course", completable=True),
        Column(5, "day_of_course", Kind.COUNT, "day within the course, from 1", completable=True),
        # No choice is filled in later: not_given would take a vial away from its patient in
        # silence.
        Column(
            6,
            "status",
            Kind.CHOICE,
            "what happened",
            required=True,
            choices=("given", "stopped", "not_given"),
        ),
        Column(7, "setting", Kind.CHOICE, "where", choices=("clinic", "home")),
        Column(
            8,
            "first_dose",
            Kind.CHOICE,
            "whether it was the patient's first",
            choices=("yes", "no"),
        ),
        Column(
            9,
            "supervised_by",
            Kind.CODE,
            "who supervised the first dose, as stated by the sender",
            names=Names.PERSON,
            tells=Tells.STAFF,
        ),
        Column(
            10,
            "started_at",
            Kind.INSTANT,
            "start of the infusion",
            required=True,
            happened=True,
            happened_when=DONE,
            completable=True,
        ),
        Column(
            11,
            "ended_at",
            Kind.INSTANT,
            "its end",
            happened=True,
            happened_when=DONE,
            completable=True,
        ),
        Column(
            12,
            "treatment_order",
            Kind.CODE,
            "the order that it is for",
            names=Names.NUMBER,
            completable=True,
        ),
        # With how long it lay: what looks like a reaction to the product may come from it.
        Column(
            13,
            "catheter_placed_at",
            Kind.INSTANT,
            "when the catheter was placed",
            happened=True,
            completable=True,
        ),
        Column(
            14,
            "catheter_removed_at",
            Kind.INSTANT,
            "when it was removed",
            happened=True,
        ),
    ),
    links=(
        party("site"),
        # A treatment_order names its patient as well, but an infusion says its own, and the two may
        # differ.
        Link(
            "order",
            ("site", "treatment_order"),
            "treatment_order",
            aside="says why; whose infusion it was, it says itself",
        ),
        nameless("patient", "patient_key", "patient"),
    ),
    rules=(
        Rule(
            "R05.order",
            Ordered("started_at", "ended_at"),
            "The infusion ends after it starts.",
            "21 CFR 606.160(a)(1) (S)",
            severity=Severity.HIGH,
        ),
        Rule(
            "C01.day",
            Between("day_of_course", Decimal(1), Decimal(5)),
            "A course lasts one to five days.",
            "published MS regimens: Achiron 1998 (S)",
            Outcome.NOTICE,
            severity=Severity.INFO,
            unit="days",
        ),
    ),
    at="started_at",
)
