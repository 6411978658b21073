"""A plausible drying curve: shelf and product temperatures, and a Pirani gauge that falls to the manometer's value."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lots.plant.columns import Mask, Texts, amounts, chosen, counts, digits, joined, picked
from lots.plant.draws import Ints
from lots.plant.plan import Plan

MINUTES = 1_440
# minute, shelf in tenths of °C: freeze, anneal, freeze again, primary, secondary, unload
SHELF = ((0, 50), (60, -400), (180, -400), (210, -150), (270, -150), (300, -400), (330, -400), (400, -100),
         (1_020, -100), (1_110, 300), (1_320, 300), (1_380, 200), (1_440, 200))
PHASES = ((0, "1"), (320, "3"), (330, "4"), (1_020, "6"), (1_320, "7"))
PHASE_STARTS = {"primary_started_at": 330, "secondary_started_at": 1_020, "unloaded_at": MINUTES}
# minute, Pirani over manometer in hundredths: water vapour reads high, until the ice is gone
RATIO = ((0, 169), (840, 169), (960, 106), (1_100, 104), (1_440, 104))
ATMOSPHERE = 7_600_000  # tenths of mTorr
SET = 1_000  # 100 mTorr, in tenths
LAG = 25  # minutes by which the product follows the shelf
PROBES = (1, 2, 4)  # those that are plugged in


@dataclass(frozen=True, slots=True)
class Readings:
    """Some runs, minute by minute: temperatures and pressures in tenths."""

    runs: Texts
    minute: Ints
    phase: Ints
    pirani: Ints
    manometer: Ints
    shelf_set: Ints
    shelf: Ints
    condenser: Ints
    products: dict[int, Ints]

    @property
    def vacuum(self) -> Mask:
        """Whether the chamber is pumped down; before, the manometer is not ranged."""
        return self.minute >= PHASES[2][0]

    def phases(self) -> Texts:
        """The controller's phase."""
        return picked([name for _, name in PHASES], self.phase)

    def texts(self) -> dict[str, Texts]:
        """The columns of the declared form after the run; a probe that is not plugged in has no reading."""
        return {
            "elapsed_s": counts(self.minute * 60), "phase": self.phases(), "phase_step": counts(self.minute // 60),
            "pressure_set_mtorr": chosen(self.vacuum, "100", None), "pirani_mtorr": amounts(self.pirani, 1),
            "cm_mtorr": chosen(self.vacuum, amounts(self.manometer, 1), None),
            "shelf_set_c": amounts(self.shelf_set, 1), "shelf_c": amounts(self.shelf, 1),
            "condenser_c": amounts(self.condenser, 1),
            **{f"product_{n}_c": amounts(values, 1) for n, values in self.products.items()},
        }


def _follow(points: tuple[tuple[int, int], ...], minute: Ints) -> Ints:
    at, value = zip(*points, strict=True)
    return np.asarray(np.interp(minute, at, value), np.int64)


def readings(plan: Plan, lots: Ints) -> Readings:
    """The readings of some runs, one after the other."""
    minute, lot = np.tile(np.arange(MINUTES), len(lots)), np.repeat(lots, MINUTES)
    index = lot * MINUTES + minute

    def noise(name: str, most: int) -> Ints:
        return plan.draws.below(name, index, 2 * most + 1) - most

    shelf_set = _follow(SHELF, minute)
    phase = np.searchsorted([at for at, _ in PHASES], minute, side="right") - 1
    under_vacuum = phase >= 2
    pumped = np.where(phase == 1, SET * 5 + (PHASES[2][0] - minute) * 50_000, ATMOSPHERE)
    manometer = SET + noise("manometer", 8)
    pirani = np.where(under_vacuum, manometer * _follow(RATIO, minute) // 100, pumped)
    product = _follow(SHELF, np.maximum(minute - LAG, 0)) - np.where((phase == 2) & (minute < 900), 120, 0)
    return Readings(_runs(lot), minute, phase, pirani, manometer, shelf_set, shelf_set + noise("shelf", 4),
                    -600 + noise("condenser", 15), {n: product + noise(f"probe {n}", 5) for n in PROBES})


def _runs(lot: Ints) -> pa.StringArray:
    return joined(b"CY26-", digits(lot + 1, 6))
