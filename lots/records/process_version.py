"""What a validated inactivation process asks for: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import CELSIUS, DATED, NOT_NEGATIVE, PERCENT, amount, numbered, two_people
from lots.grammar.schema import Kind, Record

RECORD = Record(
    "process_version",
    "intake",
    "One validated version of a solvent/detergent or removal process.",
    # A name of the process alone: several plants may have validated one.
    key=("process_version", "valid_from"),
    columns=(
        Column(1, "process_version", Kind.CODE, "its name"),
        *numbered(2, DATED),
        Column(
            7,
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
        # Empty for what uses none: each limit that is empty makes its rule not applicable.
        Column(8, "solvent", Kind.CODE, "the solvent"),
        amount(9, "solvent_pct", "solvent wanted", "%", (3, 4), limits=PERCENT),
        Column(10, "detergent", Kind.CODE, "the detergent"),
        amount(11, "detergent_pct", "detergent wanted", "%", (3, 4), limits=PERCENT),
        # Of the concentration itself: at 0.3 % one point of the whole would be everything.
        amount(
            12,
            "tolerance_pct",
            "how far concentrations may be off, of themselves",
            "%",
            (3, 2),
            limits=PERCENT,
        ),
        amount(13, "hold_h", "shortest treatment", "h", (4, 2), limits=NOT_NEGATIVE),
        amount(14, "temperature_min_c", "coldest", "°C", (3, 2), limits=CELSIUS),
        amount(15, "temperature_max_c", "warmest", "°C", (3, 2), limits=CELSIUS),
        amount(16, "prefilter_max_um", "widest pre-filter", "um", (4, 3), limits=NOT_NEGATIVE),
        amount(
            17,
            "residual_solvent_max_ug_ml",
            "solvent left at most",
            "ug/mL",
            (6, 3),
            limits=NOT_NEGATIVE,
        ),
        amount(
            18,
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
