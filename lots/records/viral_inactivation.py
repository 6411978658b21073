"""One solvent/detergent treatment."""

from lots.grammar.column import Column, Rule
from lots.grammar.columns import CELSIUS, NOT_NEGATIVE, PERCENT, PH, amount
from lots.grammar.links import nameless, party
from lots.grammar.schema import Holds, Kind, Names, Ordered, Record, Severity, Tells

RECORD = Record(
    "viral_inactivation",
    "viral_inactivation",
    "One solvent/detergent treatment of a batch.",
    key=("plant", "batch"),
    columns=(
        Column(1, "plant", Kind.CODE, "who treated (party id)", tells=Tells.MAKER),
        Column(2, "batch", Kind.CODE, "the batch's number at that plant", names=Names.NUMBER),
        # What was validated is a version of a process; the limits of this batch are those of that
        # version (V01 to V04).
        Column(3, "process_version", Kind.CODE, "by which validated process", required=True),
        amount(
            4,
            "prefilter_um",
            "pore of the pre-filter",
            "um",
            (4, 3),
            limits=NOT_NEGATIVE,
            completable=True,
        ),
        Column(
            5,
            "prefilter_lot",
            Kind.CODE,
            "the pre-filter's lot",
            names=Names.LABEL,
            completable=True,
        ),
        # Virus within aggregates is shielded from the reagents: they are filtered out first, and
        # not later.
        Column(
            6,
            "prefiltered_at",
            Kind.INSTANT,
            "when pre-filtration was complete",
            happened=True,
            completable=True,
        ),
        # No closed list: which reagents may be used changes (octoxynols are going), and a closed
        # list would make the new one unreadable.
        Column(7, "solvent", Kind.CODE, "the solvent"),
        Column(8, "solvent_lot", Kind.CODE, "its lot", names=Names.LABEL, completable=True),
        # At both ends: what is used up or was never mixed in shows at the end alone.
        amount(
            9,
            "solvent_start_pct",
            "solvent by the start assay",
            "%",
            (3, 4),
            limits=PERCENT,
            completable=True,
        ),
        amount(
            10,
            "solvent_end_pct",
            "solvent by the end assay",
            "%",
            (3, 4),
            limits=PERCENT,
            completable=True,
        ),
        Column(11, "detergent", Kind.CODE, "the detergent"),
        Column(12, "detergent_lot", Kind.CODE, "its lot", names=Names.LABEL, completable=True),
        amount(
            13,
            "detergent_start_pct",
            "detergent by the start assay",
            "%",
            (3, 4),
            limits=PERCENT,
            completable=True,
        ),
        amount(
            14,
            "detergent_end_pct",
            "detergent by the end assay",
            "%",
            (3, 4),
            limits=PERCENT,
            completable=True,
        ),
        amount(15, "ph", "pH of the batch", "", (2, 3), limits=PH, completable=True),
        Column(
            16,
            "started_at",
            Kind.INSTANT,
            "when the reagents were in and mixed",
            required=True,
            happened=True,
            completable=True,
        ),
        Column(
            17,
            "ended_at",
            Kind.INSTANT,
            "when the treatment ended",
            happened=True,
            completable=True,
        ),
        # The coldest place of the vessel decides, not the mean.
        amount(
            18,
            "temperature_min_c",
            "coldest in the vessel",
            "°C",
            (3, 2),
            limits=CELSIUS,
            completable=True,
        ),
        amount(
            19, "temperature_mean_c", "its mean", "°C", (3, 2), limits=CELSIUS, completable=True
        ),
        amount(
            20,
            "temperature_max_c",
            "warmest in the vessel",
            "°C",
            (3, 2),
            limits=CELSIUS,
            completable=True,
        ),
        # Drops on the wall above the liquid are never treated: so it is held in a second vessel.
        Column(
            21,
            "vessel_1",
            Kind.CODE,
            "the vessel in which the reagents were added",
            completable=True,
        ),
        Column(22, "vessel_2", Kind.CODE, "the vessel in which it was held", completable=True),
        # Left in the product it is a matter of the patient's safety, by the specification of the
        # product.
        amount(
            23,
            "residual_solvent_ug_ml",
            "solvent left after removal",
            "ug/mL",
            (6, 3),
            limits=NOT_NEGATIVE,
            completable=True,
        ),
        amount(
            24,
            "residual_detergent_ug_ml",
            "detergent left after removal",
            "ug/mL",
            (6, 3),
            limits=NOT_NEGATIVE,
            completable=True,
        ),
    ),
    links=(
        party("plant"),
        # Both reagents are asked about by one question: who asks for a lot may not know which of
        # the two it is.
        nameless("solvent", "solvent_lot", "reagent lot"),
        nameless("detergent", "detergent_lot", "reagent lot"),
        nameless("prefilter", "prefilter_lot", "filter lot"),
    ),
    rules=(
        Rule(
            "V02.order",
            Ordered("started_at", "ended_at"),
            "The treatment ends after it starts.",
            "WHO TRS 924 Annex 4 (G)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
        ),
        Rule(
            "V03.order",
            Ordered("prefiltered_at", "started_at"),
            "Pre-filtration was complete before the reagents.",
            "WHO TRS 924 Annex 4 (G)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
        Rule(
            "V02.temperature",
            Ordered("temperature_min_c", "temperature_max_c"),
            "The coldest is not above the warmest.",
            "the house: what a thermometer can read",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
    ),
    at="started_at",
    holds=Holds.LOT,
)
