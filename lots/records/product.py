"""What a product is: reference, dated."""

from decimal import Decimal

from lots.grammar.column import Column, Rule
from lots.grammar.columns import (
    CELSIUS,
    DATED,
    DONORS,
    MONTHS,
    NOT_NEGATIVE,
    amount,
    gtin_is_right,
    numbered,
    two_people,
    yes_no,
)
from lots.grammar.schema import Between, Kind, Outcome, Record, Severity, Tells

RECORD = Record(
    "product",
    "intake",
    "A saleable product as its licence says.",
    # A limit is never changed: a new one is a row with a later day.
    key=("gtin", "valid_from"),
    columns=(
        Column(1, "gtin", Kind.GTIN, "GTIN-14", tells=Tells.PRODUCT),
        *numbered(2, DATED),
        Column(7, "name", Kind.TEXT, "its name", required=True),
        amount(8, "content_g", "immunoglobulin in one vial", "g", (4, 3), required=True),
        # As the licence says and not by a figure: iga_ug_ml is what the label tells at most.
        yes_no(9, "low_iga", "whether it may be given where IgA is deficient", required=True),
        amount(
            10, "iga_ug_ml", "IgA at most, as reconstituted", "ug/mL", (6, 3), limits=NOT_NEGATIVE
        ),
        Column(11, "stabiliser", Kind.TEXT, "what stabilises it"),
        # As text: whose albumin it was is told by external_lot.
        Column(12, "human_excipient", Kind.TEXT, "excipients of human origin"),
        amount(13, "storage_max_c", "warmest storage", "°C", (3, 2), limits=CELSIUS),
        Column(
            14,
            "shelf_life_months",
            Kind.COUNT,
            "months from making to expiry",
            "months",
            limits=MONTHS,
        ),
        amount(
            15,
            "bench_h",
            "hours from reconstitution to start, outside laminar flow",
            "h",
            (4, 2),
            required=True,
            limits=NOT_NEGATIVE,
        ),
        # Empty where the label knows no such place: then the shorter time holds.
        amount(
            16,
            "laminar_h",
            "the same within laminar flow, stored at 2 to 8 °C",
            "h",
            (4, 2),
            limits=NOT_NEGATIVE,
        ),
        # Per product, since intramuscular and intravenous globulin have licences of their own.
        Column(
            17,
            "donors_min",
            Kind.COUNT,
            "donors whose plasma a lot holds, at least",
            "donors",
            required=True,
            limits=DONORS,
        ),
        Column(18, "donors_max", Kind.COUNT, "the same, at most", "donors", limits=DONORS),
    ),
    rules=(
        *two_people("product"),
        gtin_is_right("product.gtin.check", outcome=Outcome.REFUSE),
        Rule(
            "product.content",
            Between("content_g", Decimal("0.1"), Decimal(100)),
            "A vial holds 0.1 to 100 g.",
            "product labels (S)",
            severity=Severity.HIGH,
            unit="g",
        ),
    ),
    at="valid_from",
    reference=True,
)
