"""What a validated inactivation process asks for: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import CELSIUS, DATED, NOT_NEGATIVE, PERCENT, amount, two_people
from lots.grammar.schema import Kind, Record

RECORD = Record(
    "process_version",
    "intake",
    "One validated version of a solvent/detergent or removal process.",
    key=("process_version", "valid_from"),
    columns=(
        Column("process_version", Kind.CODE, "its name"),
        *DATED,
        Column(
            "method",
            Kind.CHOICE,
            "what it does",
            required=True,
            choices=(
                "solvent_detergent",
                "nanofiltration",
                "low_ph",
                "caprylate",
                "pasteurisation",
            ),
        ),
        Column("solvent", Kind.CODE, "the solvent"),
        amount("solvent_pct", "solvent wanted", "%", (3, 4), limits=PERCENT),
        Column("detergent", Kind.CODE, "the detergent"),
        amount("detergent_pct", "detergent wanted", "%", (3, 4), limits=PERCENT),
        amount(
            "tolerance_pct",
            "how far concentrations may be off, of themselves",
            "%",
            (3, 2),
            limits=PERCENT,
        ),
        amount("hold_h", "shortest treatment", "h", (4, 2), limits=NOT_NEGATIVE),
        amount("temperature_min_c", "coldest", "°C", (3, 2), limits=CELSIUS),
        amount("temperature_max_c", "warmest", "°C", (3, 2), limits=CELSIUS),
        amount("prefilter_max_um", "widest pre-filter", "um", (4, 3), limits=NOT_NEGATIVE),
        amount(
            "residual_solvent_max_ug_ml",
            "solvent left at most",
            "ug/mL",
            (6, 3),
            limits=NOT_NEGATIVE,
        ),
        amount(
            "residual_detergent_max_ug_ml",
            "detergent left at most",
            "ug/mL",
            (6, 3),
            limits=NOT_NEGATIVE,
        ),
    ),
    rules=two_people("process_version"),
    at="valid_from",
    reference=True,
)
