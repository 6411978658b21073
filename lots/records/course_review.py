"""What was decided after some courses."""

from lots.grammar.column import Column
from lots.grammar.links import party
from lots.grammar.schema import Kind, Record, Tells

RECORD = Record(
    "course_review",
    "reconstitution",
    "A review of a patient's treatment.",
    # The one key beside a donor's that names a person: nothing prints it.
    # By its day: nobody numbers reviews.
    key=("site", "patient_key", "reviewed_on"),
    columns=(
        Column(1, "site", Kind.CODE, "where the patient is treated (party id)", tells=Tells.PLACE),
        Column(2, "patient_key", Kind.CODE, "opaque key of the patient", tells=Tells.PATIENT),
        Column(3, "reviewed_on", Kind.DAY, "the day", happened=True),
        Column(
            4,
            "decision",
            Kind.CHOICE,
            "what was decided",
            required=True,
            choices=("go_on", "change", "stop"),
        ),
        Column(5, "reviewed_by", Kind.CODE, "by whom, as stated by the sender", tells=Tells.STAFF),
    ),
    links=(party("site"),),
    at="reviewed_on",
)
