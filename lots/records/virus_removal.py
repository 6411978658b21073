"""One step that takes viruses out or makes them harmless without solvent and detergent."""

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import CELSIUS, NOT_NEGATIVE, PH, amount
from lots.grammar.schema import Holds, Kind, Names, Ordered, Record, Severity

RECORD = Record(
    "virus_removal",
    "viral_inactivation",
    "One nanofiltration, low pH, caprylate or pasteurisation step.",
    key=("plant", "batch"),
    columns=(
        Column("plant", Kind.CODE, "who did it (party id)"),
        Column("batch", Kind.CODE, "the batch's number at that plant"),
        Column("process_version", Kind.CODE, "by which validated process", required=True),
        Column(
            "method",
            Kind.CHOICE,
            "how",
            required=True,
            choices=("nanofiltration", "low_ph", "caprylate", "pasteurisation"),
        ),
        Column("filter_lot", Kind.CODE, "the virus filter's lot", names=Names.LABEL),
        amount("filter_nm", "its pore", "nm", (4, 2), limits=NOT_NEGATIVE),
        Column(
            "integrity_before",
            Kind.CHOICE,
            "the filter's integrity before use",
            choices=("pass", "fail"),
        ),
        Column(
            "integrity_after",
            Kind.CHOICE,
            "the filter's integrity after use",
            choices=("pass", "fail"),
        ),
        amount("ph", "pH", "", (2, 3), limits=PH),
        amount("temperature_min_c", "coldest", "°C", (3, 2), limits=CELSIUS),
        amount("temperature_max_c", "warmest", "°C", (3, 2), limits=CELSIUS),
        Column("started_at", Kind.INSTANT, "start", required=True, happened=True),
        Column("ended_at", Kind.INSTANT, "end", happened=True),
    ),
    links=(Link("plant", ("plant",), "party"),),
    rules=(
        Rule(
            "V05.order",
            Ordered("started_at", "ended_at"),
            "The step ends after it starts.",
            "21 CFR 606.160(a)(1) (S)",
            severity=Severity.HIGH,
            holds=Holds.LOT,
        ),
    ),
    at="started_at",
    holds=Holds.LOT,
)
