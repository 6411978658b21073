"""What a freeze-dryer's gauges and probes said at one moment; read from the controllers' own logs
too.
"""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import CELSIUS, GAUGE
from lots.grammar.schema import Between, Holds, Kind, Limits, Names, Record, Severity, Tells

# Eight, as the controllers' logs have; how many must read is said by the recipe.
PROBES = tuple(f"product_{n}_c" for n in range(1, 9))


# Limits are what a probe can read at all: 999.9 of one that is not plugged in is no temperature.
def _celsius(number: int, name: str, meaning: str, limits: Limits | None = None) -> Column:
    return Column(number, name, Kind.AMOUNT, meaning, "°C", digits=(4, 3), limits=limits)


def _mtorr(number: int, name: str, meaning: str) -> Column:
    return Column(number, name, Kind.AMOUNT, meaning, "mTorr", digits=(8, 3), limits=GAUGE)


RECORD = Record(
    "lyophilisation_reading",
    "lyophilisation",
    "One line of a freeze-dryer's log; an unplugged probe has no reading.",
    # By seconds since the run began, which a clock that is set back does not repeat.
    key=("plant", "cycle", "elapsed_s"),
    columns=(
        Column(1, "plant", Kind.CODE, "whose dryer it is (party id)", tells=Tells.MAKER),
        Column(2, "cycle", Kind.CODE, "the run's number at that plant", names=Names.NUMBER),
        Column(3, "elapsed_s", Kind.COUNT, "seconds since the log's first line", "s"),
        # No closed list: each controller has its own numbers for them.
        Column(4, "phase", Kind.CODE, "the controller's phase"),
        Column(5, "phase_step", Kind.CODE, "the step within it"),
        _mtorr(6, "pressure_set_mtorr", "chamber pressure wanted"),
        # The two gauges agree only when no vapour is left: their ratio tells the end of drying
        # (L03).
        _mtorr(7, "pirani_mtorr", "Pirani gauge: reads high in water vapour"),
        _mtorr(8, "cm_mtorr", "capacitance manometer"),
        _celsius(9, "shelf_set_c", "shelf temperature wanted", CELSIUS),
        _celsius(10, "shelf_c", "shelf inlet"),
        _celsius(11, "condenser_c", "condenser", CELSIUS),
        *(
            _celsius(11 + probe, name, f"product probe {probe}")
            for probe, name in enumerate(PROBES, 1)
        ),
    ),
    links=(
        Link(
            "cycle",
            ("plant", "cycle"),
            "lyophilisation",
            aside="tells how a run went; its loads say which lots were in it",
        ),
    ),
    rules=(
        # A finding on one line of thousands holds nothing; whether the run was blind is asked of
        # all of them (L02.gap).
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
