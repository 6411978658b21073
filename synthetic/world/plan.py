"""How large everything is, and which number belongs to which: a donation to its donor and pool, a
vial to its lot.
"""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from synthetic.world.draws import Draws, Ints
from synthetic.writing.columns import Mask

DONATION_DAYS = 180
POOLED = 4_667  # donations in a pool of 3,500 L
VIALS_OF_A_DONATION = 0.3
IN_TWELVES = 8  # one pair of lots in so many is packed in twelves
PACK_OF_TWELVE = 12
COURSE_DAYS = 2
SLOTS = 5  # vials that may go into one infusion
ROUNDS = 6  # courses of each patient, then a review
FEWEST_VIALS = 312  # in a lot, so that the smallest plant has a patient at every site
# Days between, share of donations; the last are those who give recovered plasma.
HABITS = ((4, 0.42), (7, 0.20), (14, 0.15), (28, 0.08), (91, 0.05), (61, 0.10))
RECOVERED = len(HABITS) - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of one plant; all else follows from them, the seed and the numbers of things."""

    donations: int
    draws: Draws
    per_day: int  # donations on each day
    each: tuple[int, ...]  # of these, donors of each habit
    pools: int
    lots: int  # filled, and as many dried and packed
    vials: int  # filled in each lot
    slots: int  # of these, meant for patients
    rounds: int  # courses of each patient
    patients: int

    @property
    def donors(self) -> int:
        """People who donate."""
        return self.first_donors[-1]

    @property
    def first_donors(self) -> list[int]:
        """The first donor of each habit, and the number of all."""
        sizes = [days * each for (days, _), each in zip(HABITS, self.each, strict=True)]
        return [0, *accumulate(sizes)]

    @property
    def infusions(self) -> int:
        """Infusions planned."""
        return self.patients * self.rounds * COURSE_DAYS


def plan(donations: int, seed: int) -> Plan:
    """The plant's sizes for a number of donations."""
    per_day = max(1, -(-donations // DONATION_DAYS))
    pools = max(2, round(donations / POOLED))
    lots = 2 * pools
    vials = max(
        FEWEST_VIALS, int(donations * VIALS_OF_A_DONATION / lots) // PACK_OF_TWELVE * PACK_OF_TWELVE
    )
    # The rest stays in stock; whole infusions (5 vials) and whole packs of twelve make sixty.
    slots = vials * 85 // 100 // 60 * 60
    # Of two pools, the second is packed when four courses are over.
    used = lots - 1 if pools == 2 else lots
    patients = used * slots // SLOTS // (ROUNDS * COURSE_DAYS)
    return Plan(
        donations, Draws(seed), per_day, _each(per_day), pools, lots, vials, slots, ROUNDS, patients
    )


def _each(per_day: int) -> tuple[int, ...]:
    """Donors of each habit on a day: by share, at least one who gives recovered plasma."""
    each = [int(per_day * share) for _, share in HABITS]
    each[RECOVERED] = max(1, each[RECOVERED])
    # What rounding down left over goes where most was lost.
    by_rest = sorted(
        range(len(HABITS)), key=lambda h: int(per_day * HABITS[h][1]) - per_day * HABITS[h][1]
    )
    for habit in by_rest[: max(0, per_day - sum(each))]:
        each[habit] += 1
    return tuple(each)


def day_of(plan: Plan, donation: Ints) -> Ints:
    """The day on which each donation was given."""
    return donation // plan.per_day


def donor_of(plan: Plan, donation: Ints) -> tuple[Ints, Ints]:
    """Who gave each donation, and by which habit: a donor of habit d gives every d days."""
    within, day = donation % plan.per_day, day_of(plan, donation)
    ends = np.cumsum(plan.each)
    habit = np.searchsorted(ends, within, side="right")
    every = np.array([days for days, _ in HABITS])[habit]
    each, first = np.array(plan.each)[habit], np.array(plan.first_donors[:-1])[habit]
    # Donors of a habit take turns: as many groups as days, of which one gives each day.
    return first + day % every * each + (within - (ends[habit] - each)), habit


def pool_starts(p: Plan) -> Ints:
    """The first donation of each pool, and the number of all donations."""
    return np.arange(p.pools + 1) * p.donations // p.pools


def pool_of(p: Plan, donation: Ints) -> Ints:
    """The pool into which each donation went."""
    return np.searchsorted(pool_starts(p), donation, side="right") - 1


def in_twelves(lot: Ints) -> Mask:
    """Whether each packed lot is packed in twelves."""
    return np.asarray(lot // 2 % IN_TWELVES == 1)


def packs_of(p: Plan) -> Ints:
    """How many packs each packed lot has: some vials were rejected or kept as samples."""
    lot = np.arange(p.lots)
    good = p.vials - p.draws.below("rejects", lot, max(1, p.vials // 33))
    return np.where(in_twelves(lot), good // PACK_OF_TWELVE, good)
