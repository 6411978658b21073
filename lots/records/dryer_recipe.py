"""What a freeze-drying recipe asks for: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import (
    CELSIUS,
    DATED,
    NOT_NEGATIVE,
    PERCENT,
    PROBES,
    amount,
    numbered,
    two_people,
    yes_no,
)
from lots.grammar.links import party
from lots.grammar.schema import Kind, Record, Tells

RECORD = Record(
    "dryer_recipe",
    "intake",
    "One recipe, with the gauges and probes that it requires.",
    # Of a plant: two plants may call two recipes alike.
    key=("plant", "recipe", "valid_from"),
    columns=(
        Column(1, "plant", Kind.CODE, "whose recipe it is (party id)", tells=Tells.MAKER),
        Column(2, "recipe", Kind.CODE, "its name"),
        *numbered(3, DATED),
        # What a gap is hangs on how often the controller writes (L02.gap).
        Column(8, "interval_s", Kind.COUNT, "seconds between readings", "s", required=True),
        # Where there is one gauge only, the end of drying is told otherwise: L03 does not apply.
        yes_no(
            9, "pirani", "whether the end of primary drying is told by Pirani and CM", required=True
        ),
        # Nought is an answer: a recipe may do without probes, and then none is missed.
        Column(
            10,
            "probes",
            Kind.COUNT,
            "product probes that must read in primary and in secondary drying",
            required=True,
            limits=PROBES,
        ),
        amount(11, "collapse_c", "temperature of collapse", "°C", (3, 2), limits=CELSIUS),
        # Below collapse by how much, and not at what temperature: it moves with the product.
        amount(
            12, "margin_c", "how far below it the product stays", "K", (3, 2), limits=NOT_NEGATIVE
        ),
        amount(
            13,
            "end_ratio",
            "Pirani/CM at the end of primary drying, at most",
            "",
            (3, 3),
            limits=NOT_NEGATIVE,
        ),
        Column(14, "end_min", Kind.COUNT, "for how long before secondary drying", "min"),
        amount(
            15,
            "moisture_max_pct",
            "residual moisture of the wettest vial",
            "%",
            (3, 3),
            limits=PERCENT,
        ),
    ),
    links=(party("plant"),),
    rules=two_people("dryer_recipe"),
    at="valid_from",
    reference=True,
)
