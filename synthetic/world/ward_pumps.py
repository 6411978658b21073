"""How fast each infusion ran: slowly first, faster every half hour, never as fast as the product
and risk allow.
"""

import numpy as np

from synthetic.world import ward_people, ward_preparing
from synthetic.world.draws import Ints
from synthetic.world.parties import HOMES
from synthetic.world.plan import Plan
from synthetic.world.ward_visits import Visits, numbers
from synthetic.writing.columns import Texts, counts, same
from synthetic.writing.landing import Landing

STEPS: Ints = np.array([12, 25, 50, 75, 90])  # per cent of the fastest rate
STEP = 30  # minutes
FASTEST: Ints = np.array([4, 8])  # mL/kg/h, by strength
AT_RISK: Ints = np.array([4, 2])
WITHOUT = HOMES[1]  # runs by gravity: no pump tells a rate
STEPS_BEFORE_STOP = 3


def fastest(plan: Plan, patient: Ints) -> Ints:
    """The rate that each patient's infusion must not exceed, in tenths of mL/h."""
    strength = ward_preparing.strength(patient)
    limit: Ints = np.where(ward_people.risk(patient) >= 0, AT_RISK[strength], FASTEST[strength])
    return np.asarray(ward_people.weight(plan, patient) * limit)


def minutes(plan: Plan, patient: Ints) -> Ints:
    """How long each patient's infusion takes."""
    limit = fastest(plan, patient)
    # Tenths of mL that are left when the last rate begins: each step before took half an hour.
    rest = 10 * ward_preparing.volume(plan, patient) - limit * STEPS[:-1].sum() // 200
    return np.asarray(STEP * (len(STEPS) - 1) + np.maximum(rest, 0) * 6_000 // (limit * STEPS[-1]))


def send(visits: Visits, landing: Landing) -> None:
    """The rates of infusions that ran."""
    if visits.site == WITHOUT or not len(visits.infusion):
        return
    steps = np.where(visits.status == 1, STEPS_BEFORE_STOP, len(STEPS))
    every = np.repeat(visits.infusion, steps)
    step = np.arange(len(every)) - np.repeat(np.cumsum(steps) - steps, steps)
    visits.send(landing, "infusion_rate", _rows(Visits(visits.plan, visits.site, every), step))


def _rows(visits: Visits, step: Ints) -> dict[str, Texts]:
    rate = fastest(visits.plan, visits.patient) * STEPS[step] // 100
    return {
        "site": same(visits.site, len(step)),
        "administration": numbers(visits.infusion),
        "minute": counts(step * STEP),
        "rate_ml_h": visits.amounts(rate, 1),
    }
