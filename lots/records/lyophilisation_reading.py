"""What a freeze-dryer's gauges and probes said at one moment; read from the controllers' own logs
too.
"""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import CELSIUS, GAUGE
from lots.grammar.schema import Between, Holds, Kind, Limits, Record, Severity

PROBES = tuple(f"product_{n}_c" for n in range(1, 9))


def _celsius(name: str, meaning: str, limits: Limits | None = None) -> Column:
    return Column(name, Kind.AMOUNT, meaning, "°C", digits=(4, 3), limits=limits)


def _mtorr(name: str, meaning: str) -> Column:
    return Column(name, Kind.AMOUNT, meaning, "mTorr", digits=(8, 3), limits=GAUGE)


RECORD = Record(
    "lyophilisation_reading",
    "lyophilisation",
    "One line of a freeze-dryer's log; an unplugged probe has no reading.",
    key=("plant", "cycle", "elapsed_s"),
    columns=(
        Column("plant", Kind.CODE, "whose dryer it is (party id)"),
        Column("cycle", Kind.CODE, "the run's number at that plant"),
        Column("elapsed_s", Kind.COUNT, "seconds since the log's first line", "s"),
        Column("phase", Kind.CODE, "the controller's phase"),
        Column("phase_step", Kind.CODE, "the step within it"),
        _mtorr("pressure_set_mtorr", "chamber pressure wanted"),
        _mtorr("pirani_mtorr", "Pirani gauge: reads high in water vapour"),
        _mtorr("cm_mtorr", "capacitance manometer"),
        _celsius("shelf_set_c", "shelf temperature wanted", CELSIUS),
        _celsius("shelf_c", "shelf inlet"),
        _celsius("condenser_c", "condenser", CELSIUS),
        *(_celsius(name, f"product probe {name[8]}") for name in PROBES),
    ),
    links=(Link("cycle", ("plant", "cycle"), "lyophilisation"),),
    rules=(
        Rule(
            "L02.shelf",
            Between("shelf_c", Decimal(-90), Decimal(90)),
            "The shelf reads between -90 and 90 °C.",
            "the house: what a probe can read",
            severity=Severity.HIGH,
            unit="°C",
        ),
        *(
            Rule(
                f"L02.{name[:9]}",
                Between(name, Decimal(-90), Decimal(90)),
                f"Probe {name[8]} reads between -90 and 90 °C.",
                "the house: what a probe can read",
                severity=Severity.HIGH,
                unit="°C",
            )
            for name in PROBES
        ),
    ),
    holds=Holds.LOT,
)
