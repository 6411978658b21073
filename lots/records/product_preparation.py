"""How a product is reconstituted and how fast it may run: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import (
    DATED,
    NOT_NEGATIVE,
    PERCENT,
    amount,
    gtin_is_right,
    numbered,
    two_people,
)
from lots.grammar.schema import Kind, Outcome, Record, Tells

RECORD = Record(
    "product_preparation",
    "intake",
    "One concentration in which a product may be prepared.",
    # One product takes several diluents, each in strengths of its own.
    key=("gtin", "concentration_pct", "diluent", "valid_from"),
    columns=(
        Column(1, "gtin", Kind.GTIN, "GTIN-14", tells=Tells.PRODUCT),
        Column(
            2,
            "concentration_pct",
            Kind.COUNT,
            "immunoglobulin after reconstitution",
            "%",
            limits=PERCENT,
        ),
        Column(3, "diluent", Kind.CODE, "with what: SWFI, NaCl, D5W"),
        *numbered(4, DATED),
        # Told and not computed: powder takes up room, and labels round.
        amount(
            9,
            "diluent_ml",
            "diluent for one vial",
            "mL",
            (5, 2),
            required=True,
            limits=NOT_NEGATIVE,
        ),
        amount(
            10,
            "tolerance_pct",
            "how far the volume may be off, of itself",
            "%",
            (3, 2),
            required=True,
            limits=PERCENT,
        ),
        amount(
            11,
            "rate_max_ml_kg_h",
            "fastest infusion",
            "mL/kg/h",
            (4, 3),
            required=True,
            limits=NOT_NEGATIVE,
        ),
        # Never left empty: without it the faster one would hold for those at risk.
        amount(
            12,
            "rate_risk_ml_kg_h",
            "fastest infusion for a patient at risk",
            "mL/kg/h",
            (4, 3),
            required=True,
            limits=NOT_NEGATIVE,
        ),
    ),
    rules=(
        *two_people("product_preparation"),
        gtin_is_right("product_preparation.gtin.check", outcome=Outcome.REFUSE),
    ),
    at="valid_from",
    reference=True,
)
