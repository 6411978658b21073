"""Limits of donation by jurisdiction: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import (
    CELSIUS,
    DATED,
    DAYS,
    GIVINGS,
    IN_BLOOD,
    MONTHS,
    amount,
    numbered,
    two_people,
)
from lots.grammar.schema import Kind, Record

RECORD = Record(
    "screening_scheme",
    "intake",
    "What a jurisdiction asks of donors and donations of one kind of plasma.",
    # By the kind of plasma: recovered plasma is a by-product of whole blood, with intervals of its
    # own.
    key=("jurisdiction", "plasma_kind", "valid_from"),
    columns=(
        Column(1, "jurisdiction", Kind.CODE, "whose law, as an ISO 3166 code"),
        Column(2, "plasma_kind", Kind.CHOICE, "of which plasma", choices=("source", "recovered")),
        *numbered(3, DATED),
        # Empty where the law asks for none: the rule is then not applicable, never passed.
        Column(
            8,
            "interval_days",
            Kind.COUNT,
            "fewest calendar days between two donations",
            "days",
            limits=DAYS,
        ),
        Column(9, "week_max", Kind.COUNT, "most donations in seven calendar days", limits=GIVINGS),
        Column(10, "hold_days", Kind.COUNT, "inventory hold", "days", limits=DAYS),
        Column(11, "exam_days", Kind.COUNT, "oldest examination", "days", limits=DAYS),
        Column(
            12,
            "sample_months",
            Kind.COUNT,
            "oldest sample for syphilis and protein composition",
            "months",
            limits=MONTHS,
        ),
        Column(
            13,
            "sample_late_months",
            Kind.COUNT,
            "the same with a physician's signature",
            "months",
            limits=MONTHS,
        ),
        # Before the last good result, as a test that was good may have come within the window of an
        # infection.
        Column(
            14,
            "lookback_months",
            Kind.COUNT,
            "look-back: how far before the donor's last good result of the agent",
            "months",
            limits=MONTHS,
        ),
        # Two columns, as some laws have two limits and others one.
        amount(
            15,
            "haemoglobin_f_g_dl",
            "haemoglobin of women, at least",
            "g/dL",
            (3, 2),
            limits=IN_BLOOD,
        ),
        amount(
            16,
            "haemoglobin_m_g_dl",
            "haemoglobin of men, at least",
            "g/dL",
            (3, 2),
            limits=IN_BLOOD,
        ),
        Column(
            17, "thaw_h", Kind.COUNT, "hours that one episode above the storage limit may last", "h"
        ),
        amount(18, "storage_max_c", "warmest storage", "°C", (3, 2), limits=CELSIUS),
        amount(19, "thaw_max_c", "warmest within that episode", "°C", (3, 2), limits=CELSIUS),
    ),
    rules=two_people("screening_scheme"),
    at="valid_from",
    reference=True,
)
