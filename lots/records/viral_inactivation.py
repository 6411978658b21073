"""One solvent/detergent treatment."""

from lots.columns import CELSIUS, NOT_NEGATIVE, PERCENT, PH, amount
from lots.schema import Column, Holds, Kind, Link, Names, Ordered, Record, Rule, Severity

RECORD = Record(
    "viral_inactivation", "viral_inactivation", "One solvent/detergent treatment of a batch.",
    key=("plant", "batch"),
    columns=(
        Column("plant", Kind.CODE, "who treated (party id)"),
        Column("batch", Kind.CODE, "the batch's number at that plant"),
        Column("process_version", Kind.CODE, "by which validated process", required=True),
        amount("prefilter_um", "pore of the pre-filter", "um", (4, 3), limits=NOT_NEGATIVE),
        Column("prefilter_lot", Kind.CODE, "the pre-filter's lot", names=Names.LABEL),
        Column("prefiltered_at", Kind.INSTANT, "when pre-filtration was complete", happened=True),
        Column("solvent", Kind.CODE, "the solvent"),
        Column("solvent_lot", Kind.CODE, "its lot", names=Names.LABEL),
        amount("solvent_start_pct", "solvent by the start assay", "%", (3, 4), limits=PERCENT),
        amount("solvent_end_pct", "solvent by the end assay", "%", (3, 4), limits=PERCENT),
        Column("detergent", Kind.CODE, "the detergent"),
        Column("detergent_lot", Kind.CODE, "its lot", names=Names.LABEL),
        amount("detergent_start_pct", "detergent by the start assay", "%", (3, 4), limits=PERCENT),
        amount("detergent_end_pct", "detergent by the end assay", "%", (3, 4), limits=PERCENT),
        amount("ph", "pH of the batch", "", (2, 3), limits=PH),
        Column("started_at", Kind.INSTANT, "when the reagents were in and mixed",
               required=True, happened=True),
        Column("ended_at", Kind.INSTANT, "when the treatment ended", happened=True),
        amount("temperature_min_c", "coldest in the vessel", "°C", (3, 2), limits=CELSIUS),
        amount("temperature_mean_c", "its mean", "°C", (3, 2), limits=CELSIUS),
        amount("temperature_max_c", "warmest in the vessel", "°C", (3, 2), limits=CELSIUS),
        Column("vessel_1", Kind.CODE, "the vessel in which the reagents were added"),
        Column("vessel_2", Kind.CODE, "the vessel in which it was held"),
        amount("residual_solvent_ug_ml", "solvent left after removal",
               "ug/mL", (6, 3), limits=NOT_NEGATIVE),
        amount("residual_detergent_ug_ml", "detergent left after removal",
               "ug/mL", (6, 3), limits=NOT_NEGATIVE),
    ),
    links=(Link("plant", ("plant",), "party"),),
    rules=(
        Rule("V02.order", Ordered("started_at", "ended_at"), "The treatment ends after it starts.",
             "WHO TRS 924 Annex 4 (G)", severity=Severity.CRITICAL, holds=Holds.LOT),
        Rule("V03.order", Ordered("prefiltered_at", "started_at"), "Pre-filtration was complete before the reagents.",
             "WHO TRS 924 Annex 4 (G)", severity=Severity.HIGH, holds=Holds.LOT),
        Rule("V02.temperature", Ordered("temperature_min_c", "temperature_max_c"),
             "The coldest is not above the warmest.", "the house: what a thermometer can read",
             severity=Severity.HIGH, holds=Holds.LOT),
    ),
    at="started_at", holds=Holds.LOT,
)
