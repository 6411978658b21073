"""Who is to be given what, where and when: courses of two days, and the vial in each place of each infusion."""

from dataclasses import dataclass

import numpy as np

from lots.plant import clock
from lots.plant.columns import Mask, Texts, joined, opaque
from lots.plant.draws import Ints
from lots.plant.parties import HOMES, PHARMACIES, SITES
from lots.plant.plan import COURSE_DAYS, PACK_OF_TWELVE, SLOTS, Plan, in_twelves

FIRST_DAY = 256  # 14 September
STOPPED, NOT_GIVEN = 2, 1  # of a hundred infusions
BY_COUNT = 12  # one infusion in so many is told by lot and count
TWO_LOTS = 16  # one infusion in so many, and the first of each lot, takes a vial of the neighbouring lot
EXCHANGED = 3  # the place of that vial


@dataclass(frozen=True, slots=True)
class Places:
    """Places for vials in infusions: place v of an infusion, the lot and position of its vial, whether it is used."""

    infusion: Ints
    place: Ints
    lot: Ints
    position: Ints  # of the vial in its lot
    by_count: Mask
    dose: Ints  # vials of this infusion

    @property
    def twelve(self) -> Mask:
        """Whether the vial is one of a pack of twelve."""
        return in_twelves(self.lot)

    @property
    def pack(self) -> Ints:
        """The position of the vial's pack in its lot."""
        return np.where(self.twelve, self.position // PACK_OF_TWELVE, self.position)

    def only(self, mask: Mask) -> "Places":
        """Those for which the mask holds."""
        return Places(self.infusion[mask], self.place[mask], self.lot[mask], self.position[mask], self.by_count[mask],
                      self.dose[mask])


def first_patients(plan: Plan) -> Ints:
    """The first patient of each site, and the number of all: one in each home, the others side by side."""
    homes = min(len(HOMES), plan.patients)
    rest = np.linspace(homes, plan.patients, len(SITES) - len(HOMES) + 1).astype(np.int64)
    return np.concatenate([np.minimum(np.arange(len(HOMES)), homes), rest])


def patient_of(plan: Plan, infusion: Ints) -> Ints:
    """Whose infusion it is."""
    return infusion % (plan.patients * COURSE_DAYS) // COURSE_DAYS


def site_of(plan: Plan, patient: Ints) -> Ints:
    """The number of the patient's site."""
    return np.searchsorted(first_patients(plan), patient, side="right") - 1


def pharmacy_of(site: Ints) -> Ints:
    """The number of the pharmacy that serves a site."""
    return site % len(PHARMACIES)


def patient_keys(plan: Plan, patient: Ints) -> Texts:
    """Patients' opaque keys."""
    return joined(b"P-", opaque(plan.draws.words("patient", patient)))


def at_site(plan: Plan, site: int, course: int) -> Ints:
    """The infusions of one site's patients in their course of that number (from 0)."""
    first = first_patients(plan)
    base = course * plan.patients * COURSE_DAYS
    return np.arange(base + first[site] * COURSE_DAYS, base + first[site + 1] * COURSE_DAYS)


def day_of(plan: Plan, infusion: Ints) -> Ints:
    """The day of each infusion: courses come every 21 to 28 days."""
    patient = patient_of(plan, infusion)
    course, day = infusion // (plan.patients * COURSE_DAYS), infusion % COURSE_DAYS
    every = 21 + plan.draws.below("interval", patient, 8)
    return FIRST_DAY + plan.draws.below("first day", patient, 5) + course * every + day


def started(plan: Plan, infusion: Ints) -> Ints:
    """When each infusion began."""
    return day_of(plan, infusion) * clock.DAY + 7 * clock.HOUR + 60 * plan.draws.below("started", infusion, 240)


def status_of(plan: Plan, infusion: Ints) -> Ints:
    """0 given, 1 stopped, 2 not given."""
    chance = plan.draws.below("status", infusion, 100)
    return np.select([chance < NOT_GIVEN, chance < NOT_GIVEN + STOPPED], [2, 1], 0)


def exchanged(plan: Plan, lot: Ints, within: Ints) -> Mask:
    """Whether the infusion at that place of its lot takes a vial of the pair's other lot, and gives it one."""
    chance = plan.draws.below("two lots", lot // 2 * plan.slots + within, TWO_LOTS) == 0
    return np.asarray((chance | (within == 0)) & ~in_twelves(lot))


def places(plan: Plan, infusion: Ints) -> Places:
    """All places of some infusions."""
    of, place = np.repeat(infusion, SLOTS), np.tile(np.arange(SLOTS), len(infusion))
    slot = of * SLOTS + place
    lot, position = slot // plan.slots, slot % plan.slots
    swaps = exchanged(plan, lot, position // SLOTS)
    by_count = ~swaps & (plan.draws.below("by count", of, BY_COUNT) == 0)
    lot = np.where(swaps & (place == EXCHANGED), lot ^ 1, lot)
    dose = SLOTS - plan.draws.below("dose", patient_of(plan, of), 2)
    return Places(of, place, lot, position, by_count, dose)


def patient_of_vial(plan: Plan, lot: Ints, position: Ints) -> Ints:
    """The patient for whom the vial at a position of its lot is meant; -1 where it stays in stock."""
    swaps = exchanged(plan, lot, position // SLOTS) & (position % SLOTS == EXCHANGED)
    infusion = (np.where(swaps, lot ^ 1, lot) * plan.slots + position) // SLOTS
    meant = (position < plan.slots) & (infusion < plan.infusions)
    return np.where(meant, patient_of(plan, infusion), -1)
