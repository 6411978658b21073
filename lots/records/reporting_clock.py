"""Within how many days something must be reported or reviewed: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, DAYS, numbered, two_people
from lots.grammar.schema import Kind, Record

# Days, as laws count them; by jurisdiction, since a plant and a clinic answer to different ones.
RECORD = Record(
    "reporting_clock",
    "intake",
    "One term that a jurisdiction sets.",
    key=("jurisdiction", "event", "valid_from"),
    columns=(
        Column(1, "jurisdiction", Kind.CODE, "whose law, as an ISO 3166 code"),
        Column(
            2,
            "event",
            Kind.CHOICE,
            "what starts the clock",
            choices=(
                "serious_reaction",
                "deviation",
                "donor_information",
                "course_review",
                "unlinked_vial",
            ),
        ),
        *numbered(3, DATED),
        Column(
            8, "days", Kind.COUNT, "days until it must be done", "days", required=True, limits=DAYS
        ),
    ),
    rules=two_people("reporting_clock"),
    at="valid_from",
    reference=True,
)
