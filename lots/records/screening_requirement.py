"""Which markers must have been looked for: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, DAYS, NOT_NEGATIVE, amount, numbered, two_people
from lots.grammar.schema import Kind, Record
from lots.records.test_result import MARKERS

# A row for each marker: to ask for one more of the list is data, put in by two people.
RECORD = Record(
    "screening_requirement",
    "intake",
    "One marker that a jurisdiction asks for, at one level.",
    key=("jurisdiction", "plasma_kind", "level", "marker", "valid_from"),
    columns=(
        Column(1, "jurisdiction", Kind.CODE, "whose law, as an ISO 3166 code"),
        Column(2, "plasma_kind", Kind.CHOICE, "of which plasma", choices=("source", "recovered")),
        Column(
            3,
            "level",
            Kind.CHOICE,
            "of each donation, or of each pool",
            choices=("donation", "pool"),
        ),
        Column(4, "marker", Kind.CHOICE, "what is looked for", choices=MARKERS),
        *numbered(5, DATED),
        amount(
            10,
            "limit_iu_ml",
            "what may be found; empty: nothing",
            "IU/mL",
            (12, 3),
            limits=NOT_NEGATIVE,
        ),
        Column(
            11,
            "term_days",
            Kind.COUNT,
            "days after which a missing result is a finding",
            "days",
            required=True,
            limits=DAYS,
        ),
    ),
    rules=two_people("screening_requirement"),
    at="valid_from",
    reference=True,
)
