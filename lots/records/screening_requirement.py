"""Which markers must have been looked for: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, DAYS, NOT_NEGATIVE, amount, two_people
from lots.grammar.schema import Kind, Record
from lots.records.test_result import MARKERS

RECORD = Record(
    "screening_requirement",
    "intake",
    "One marker that a jurisdiction asks for, at one level.",
    key=("jurisdiction", "plasma_kind", "level", "marker", "valid_from"),
    columns=(
        Column("jurisdiction", Kind.CODE, "whose law, as an ISO 3166 code"),
        Column("plasma_kind", Kind.CHOICE, "of which plasma", choices=("source", "recovered")),
        Column(
            "level", Kind.CHOICE, "of each donation, or of each pool", choices=("donation", "pool")
        ),
        Column("marker", Kind.CHOICE, "what is looked for", choices=MARKERS),
        *DATED,
        amount(
            "limit_iu_ml",
            "what may be found; empty: nothing",
            "IU/mL",
            (12, 3),
            limits=NOT_NEGATIVE,
        ),
        Column(
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
