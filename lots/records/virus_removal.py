"""One step that takes viruses out or makes them harmless without solvent and detergent."""

from lots.grammar.column import Column, Rule, When
from lots.grammar.columns import CELSIUS, NOT_NEGATIVE, PH, amount
from lots.grammar.links import nameless, party
from lots.grammar.schema import Holds, Kind, Names, Ordered, Record, Severity, Tells

# Of a method that cannot be read there may have been a filter: only these are surely without.
UNFILTERED = When("method", ("low_ph", "caprylate", "pasteurisation"))

RECORD = Record(
    "virus_removal",
    "viral_inactivation",
    "One nanofiltration, low pH, caprylate or pasteurisation step.",
    key=("plant", "batch"),
    columns=(
        Column(1, "plant", Kind.CODE, "who did it (party id)", tells=Tells.MAKER),
        Column(2, "batch", Kind.CODE, "the batch's number at that plant", names=Names.NUMBER),
        Column(3, "process_version", Kind.CODE, "by which validated process", required=True),
        # No choice may be filled in later: what is needed hangs on it.
        Column(
            4,
            "method",
            Kind.CHOICE,
            "how",
            required=True,
            choices=("nanofiltration", "low_ph", "caprylate", "pasteurisation"),
        ),
        # Empty where nothing was filtered, so questions about filters ask the method first.
        Column(
            5,
            "filter_lot",
            Kind.CODE,
            "the virus filter's lot",
            names=Names.LABEL,
            completable=True,
        ),
        amount(6, "filter_nm", "its pore", "nm", (4, 2), limits=NOT_NEGATIVE, completable=True),
        # After use as well: a filter that burst within the batch was whole before it (V05).
        Column(
            7,
            "integrity_before",
            Kind.CHOICE,
            "the filter's integrity before use",
            choices=("pass", "fail"),
        ),
        Column(
            8,
            "integrity_after",
            Kind.CHOICE,
            "the filter's integrity after use",
            choices=("pass", "fail"),
        ),
        amount(9, "ph", "pH", "", (2, 3), limits=PH, completable=True),
        amount(10, "temperature_min_c", "coldest", "°C", (3, 2), limits=CELSIUS, completable=True),
        amount(11, "temperature_max_c", "warmest", "°C", (3, 2), limits=CELSIUS, completable=True),
        Column(
            12, "started_at", Kind.INSTANT, "start", required=True, happened=True, completable=True
        ),
        Column(13, "ended_at", Kind.INSTANT, "end", happened=True, completable=True),
    ),
    links=(
        party("plant"),
        nameless("filter", "filter_lot", "filter lot", unless=UNFILTERED),
    ),
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
