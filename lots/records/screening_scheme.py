"""Limits of donation by jurisdiction: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import CELSIUS, DATED, DAYS, GIVINGS, IN_BLOOD, MONTHS, amount, two_people
from lots.grammar.schema import Kind, Record

RECORD = Record(
    "screening_scheme",
    "intake",
    "What a jurisdiction asks of donors and donations of one kind of plasma.",
    key=("jurisdiction", "plasma_kind", "valid_from"),
    columns=(
        Column("jurisdiction", Kind.CODE, "whose law, as an ISO 3166 code"),
        Column("plasma_kind", Kind.CHOICE, "of which plasma", choices=("source", "recovered")),
        *DATED,
        Column(
            "interval_days",
            Kind.COUNT,
            "fewest calendar days between two donations",
            "days",
            limits=DAYS,
        ),
        Column("week_max", Kind.COUNT, "most donations in seven calendar days", limits=GIVINGS),
        Column("hold_days", Kind.COUNT, "inventory hold", "days", limits=DAYS),
        Column("exam_days", Kind.COUNT, "oldest examination", "days", limits=DAYS),
        Column(
            "sample_months",
            Kind.COUNT,
            "oldest sample for syphilis and protein composition",
            "months",
            limits=MONTHS,
        ),
        Column(
            "sample_late_months",
            Kind.COUNT,
            "the same with a physician's signature",
            "months",
            limits=MONTHS,
        ),
        Column(
            "lookback_months",
            Kind.COUNT,
            "look-back: how far before the donor's last good result of the agent",
            "months",
            limits=MONTHS,
        ),
        amount(
            "haemoglobin_f_g_dl", "haemoglobin of women, at least", "g/dL", (3, 2), limits=IN_BLOOD
        ),
        amount(
            "haemoglobin_m_g_dl", "haemoglobin of men, at least", "g/dL", (3, 2), limits=IN_BLOOD
        ),
        Column(
            "thaw_h", Kind.COUNT, "hours that one episode above the storage limit may last", "h"
        ),
        amount("storage_max_c", "warmest storage", "°C", (3, 2), limits=CELSIUS),
        amount("thaw_max_c", "warmest within that episode", "°C", (3, 2), limits=CELSIUS),
    ),
    rules=two_people("screening_scheme"),
    at="valid_from",
    reference=True,
)
