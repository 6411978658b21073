"""A plausible drying curve: freezing with annealing, sublimation, and a Pirani gauge that falls to
the manometer.

The product follows the shelf as it freezes, stays cold while ice sublimes (as in sublimation.py),
then warms up.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from synthetic.world.draws import Ints
from synthetic.world.plan import Plan
from synthetic.world.sublimation import Floats, Vial, primary
from synthetic.writing.columns import Mask, Texts, amounts, chosen, counts, digits, joined, picked

MINUTES = 1_440
# Minutes, and the shelf in tenths of °C: freeze, anneal, freeze again, primary, secondary, unload.
AT = (0, 60, 180, 210, 270, 300, 330, 400, 1_020, 1_110, 1_320, 1_380, 1_440)
SHELF = (50, -400, -400, -150, -150, -400, -400, -100, -100, 300, 300, 200, 200)
PHASES = ((0, "1"), (320, "3"), (330, "4"), (1_020, "6"), (1_320, "7"))
VACUUM = PHASES[2][0]  # the minute at which the chamber is pumped down
PHASE_STARTS = {"primary_started_at": 330, "secondary_started_at": 1_020, "unloaded_at": MINUTES}
KINDS = 4  # loads differ in how dense their cakes are
# Pirani over manometer in hundredths, while all vials sublime and when none does.
IN_VAPOUR, WITHOUT = 169, 104
# °C at which ice begins to form, at which it forms, and minutes of it.
NUCLEATES, FREEZES, PLATEAU = -6.0, -1.5, 25
# Minutes in which a full and a dried vial come near the shelf's temperature.
FOLLOWS, WARMS = 12, 40
# Minutes before the edge's end and after the centre's: the load's first and last vial.
FIRST_AND_LAST = -30, 40
ATMOSPHERE = 7_600_000  # tenths of mTorr
SET = 1_000  # 100 mTorr, in tenths
TORR = 0.1
# Those that are plugged in, and how much heat their vials get: the edge gets most.
PROBES = {1: 1.0, 2: 1.1, 4: 1.25}


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
        return self.minute >= VACUUM

    def phases(self) -> Texts:
        """The controller's phase."""
        return picked([name for _, name in PHASES], self.phase)

    def texts(self) -> dict[str, Texts]:
        """The columns of the declared form after the run; an unplugged probe has no reading."""
        return {
            "elapsed_s": counts(self.minute * 60),
            "phase": self.phases(),
            "phase_step": counts(self.minute // 60),
            "pressure_set_mtorr": chosen(self.vacuum, "100", None),
            "pirani_mtorr": amounts(self.pirani, 1),
            "cm_mtorr": chosen(self.vacuum, amounts(self.manometer, 1), None),
            "shelf_set_c": amounts(self.shelf_set, 1),
            "shelf_c": amounts(self.shelf, 1),
            "condenser_c": amounts(self.condenser, 1),
            **{f"product_{n}_c": amounts(values, 1) for n, values in self.products.items()},
        }


def _shelf(minute: Ints) -> Ints:
    return np.asarray(np.interp(minute, AT, SHELF), np.int64)


@dataclass(frozen=True, slots=True)
class Drying:
    """What a kind of load does by the minute: probes' temperatures, gauges' ratio (hundredths)."""

    products: dict[int, Floats]
    ratio: Ints
    dry: int  # the minute at which the centre has no ice left


def vial(kind: int, warmer: float = 1.0) -> Vial:
    """A vial of a kind of load; annealing leaves large pores, and so a small resistance."""
    return Vial(fill=1.3, r0=0.8 + 0.12 * kind, a1=4.0 + 0.8 * kind, kc=2.75e-4 * warmer)


@cache
def drying(kind: int) -> Drying:
    """The drying of a kind of load."""
    shelf = _shelf(np.arange(MINUTES)) / 10
    ends, products = {}, {}
    for probe, warmer in PROBES.items():
        bottom, gone = primary(vial(kind, warmer), shelf[VACUUM:], TORR, 1 / 60)
        ends[probe] = VACUUM + int(np.argmax(gone >= 1))
        products[probe] = _product(shelf, bottom, ends[probe])
    first, last = min(ends.values()) + FIRST_AND_LAST[0], max(ends.values()) + FIRST_AND_LAST[1]
    # From when the first vial is dry until the last one is, less and less vapour fills the chamber.
    wet = np.clip((last - np.arange(MINUTES)) / (last - first), 0, 1)
    return Drying(
        products, WITHOUT + np.asarray((IN_VAPOUR - WITHOUT) * wet, np.int64), max(ends.values())
    )


def _product(shelf: Floats, bottom: Floats, end: int) -> Floats:
    """A vial's temperature: it freezes with a plateau, sublimes from the vacuum to its end, then
    comes to the shelf.
    """
    out, now, plateau = np.array(shelf), float(shelf[0]), PLATEAU
    for minute in range(MINUTES):
        if VACUUM <= minute < end:
            now = float(bottom[minute - VACUUM])
        # Ice forms at once where it is cold enough, warms the vial, and holds it there for a while.
        elif (now < NUCLEATES and plateau == PLATEAU) or 0 < plateau < PLATEAU:
            now, plateau = FREEZES, plateau - 1
        else:
            now += (shelf[minute] - now) / (FOLLOWS if minute < VACUUM else WARMS)
        out[minute] = now
    return out


def kind_of(plan: Plan, lot: Ints) -> Ints:
    """The kind of each lot's load."""
    return plan.draws.below("cake", lot, KINDS)


def readings(plan: Plan, lots: Ints) -> Readings:
    """The readings of some runs, one after the other."""
    minute, lot = np.tile(np.arange(MINUTES), len(lots)), np.repeat(lots, MINUTES)
    index = lot * MINUTES + minute

    # Of the minute in all runs, so that no two runs waver alike.
    def noise(name: str, most: int) -> Ints:
        return plan.draws.below(name, index, 2 * most + 1) - most

    shelf_set = _shelf(minute)
    phase = np.searchsorted([at for at, _ in PHASES], minute, side="right") - 1
    under_vacuum = phase >= 2
    # While the pump runs the pressure falls from the atmosphere's; before, it is that.
    pumped = np.where(phase == 1, SET * 5 + (VACUUM - minute) * 50_000, ATMOSPHERE)
    manometer = SET + noise("manometer", 8)
    loads = [drying(int(kind)) for kind in kind_of(plan, lots)]
    ratio = np.concatenate([load.ratio for load in loads])
    pirani = np.where(under_vacuum, manometer * ratio // 100, pumped)
    products = {
        n: np.concatenate([np.asarray(load.products[n] * 10, np.int64) for load in loads])
        for n in PROBES
    }
    return Readings(
        _runs(lot),
        minute,
        phase,
        pirani,
        manometer,
        shelf_set,
        shelf_set + noise("shelf", 4),
        -600 + noise("condenser", 15),
        {n: products[n] + noise(f"probe {n}", 5) for n in PROBES},
    )


def _runs(lot: Ints) -> pa.StringArray:
    return joined(b"CY25-", digits(lot + 1, 6))
