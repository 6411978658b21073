"""Primary drying of one vial in steady state: heat comes in through its bottom, vapour leaves
through the dried cake.

dm/dt = Av Kv (Tsh - Tbot) / dHs = Ap (Psub(Tsub) - Pch) / Rp, with Rp = R0 + A1 l / (1 + A2 l) and
Kv = KC + KP Pch / (1 + KD Pch); the equations and the example's constants are those of LyoPRONTO
(S).
"""

from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

HEAT = 678.0  # cal/g, of sublimation
ICE_CONDUCTS, ICE_DENSE, SOLUTE_DENSE = 0.0059, 0.918, 1.5  # cal/(cm s K), g/mL, g/mL
COLDEST, WARMEST, HALVINGS = -60.0, 0.0, 30  # °C of the subliming ice, and steps to find it
SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class Vial:
    """One vial: areas in cm2, fill in mL, solids in g/mL, resistance in cm2 h Torr/g, heat in
    cal/(s K cm2).
    """

    outer: float = 3.8
    inner: float = 3.14
    fill: float = 2.0
    solids: float = 0.05
    r0: float = 1.4
    a1: float = 16.0
    a2: float = 0.0
    kc: float = 2.75e-4
    kp: float = 8.93e-4
    kd: float = 0.46

    @property
    def height(self) -> float:
        """The frozen layer's height in cm."""
        return (
            self.fill
            / (self.inner * ICE_DENSE)
            * (1 - self.solids * (1 - ICE_DENSE) / SOLUTE_DENSE)
        )

    def heat(self, torr: float) -> float:
        """The vial's heat transfer coefficient at a pressure."""
        return self.kc + self.kp * torr / (1 + self.kd * torr)


def pressure(celsius: float) -> float:
    """The vapour pressure of ice in Torr."""
    return 2.698e10 * exp(-6144.96 / (celsius + 273.15))


def primary(vial: Vial, shelf: Floats, torr: float, hours: float) -> tuple[Floats, Floats]:
    """The bottom's temperature in °C and the share of ice that is gone, at steps of so many hours.

    From the step after which no ice is left, the bottom is as warm as the shelf.
    """
    bottom, gone, dried = np.array(shelf, np.float64), np.ones(len(shelf)), 0.0
    for step, warmth in enumerate(shelf):
        if dried >= vial.height:
            break
        gone[step] = dried / vial.height
        flow, bottom[step] = _balance(vial, float(warmth), torr, dried)
        dried += (
            flow
            * hours
            / (vial.inner * ICE_DENSE * (1 - vial.solids / SOLUTE_DENSE))
            * (1 - vial.solids * (1 - ICE_DENSE) / SOLUTE_DENSE)
        )
    return bottom, gone


def _balance(vial: Vial, shelf: float, torr: float, dried: float) -> tuple[float, float]:
    """The flow of vapour in g/h and the bottom's temperature where as much heat comes in as vapour
    takes away.
    """
    resistance = vial.r0 + vial.a1 * dried / (1 + vial.a2 * dried)
    conducted = (vial.height - dried) * HEAT / SECONDS / ICE_CONDUCTS
    low, high = COLDEST, WARMEST
    # The flux rises with the ice's temperature and the heat falls: between both ends is one
    # balance.
    for _ in range(HALVINGS):
        ice = (low + high) / 2
        flux = (pressure(ice) - torr) / resistance
        bottom = ice + flux * conducted
        if flux * vial.inner * HEAT > vial.outer * vial.heat(torr) * SECONDS * (shelf - bottom):
            high = ice
        else:
            low = ice
    return max(0.0, flux * vial.inner), bottom
