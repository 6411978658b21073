"""Who is to be given what, where and when: six courses of two days, and the vial in each place."""

from dataclasses import dataclass, replace

import numpy as np

from synthetic.world import clock, ward_people
from synthetic.world.draws import Ints
from synthetic.world.parties import HOMES, PHARMACIES, SITES
from synthetic.world.plan import COURSE_DAYS, PACK_OF_TWELVE, SLOTS, Plan, in_twelves
from synthetic.writing.columns import Mask, Texts, counts

FIRST_DAY = 186  # 6 July
EVERY = (21, 28)  # days from course to course
STATUSES = ("given", "stopped", "not_given")
STOPPED, NOT_GIVEN = 2, 1  # of a hundred infusions
BY_COUNT = 12  # one infusion in so many is told by lot and count
TWO_LOTS = 16  # one infusion in so many, and the first of each lot, takes one of the next lot
EXCHANGED = 2  # the place of that vial
PID_DOSE = 3  # vials of one day; the others are given four or five


@dataclass(frozen=True, slots=True)
class Places:
    """Places for vials in infusions: place v of an infusion, the lot and position of its vial,
    whether it is used.
    """

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

    @property
    def has_gtin(self) -> Mask:
        """Whether a line by lot and count names the GTIN too."""
        return np.asarray(self.infusion % 2 == 0)

    def within(self) -> Texts:
        """The vial's position in a pack of twelve, from 1."""
        return counts(self.position % PACK_OF_TWELVE + 1)

    def only(self, mask: Mask) -> "Places":
        """Those for which the mask holds."""
        return replace(self, **{name: getattr(self, name)[mask] for name in self.__slots__})

    def beside(self, more: "Places") -> "Places":
        """These and those."""
        pairs = ((getattr(self, name), getattr(more, name)) for name in self.__slots__)
        return Places(*(np.concatenate(pair) for pair in pairs))


def first_patients(plan: Plan) -> Ints:
    """The first patient of each site, and the number of all: one in each home, then the others."""
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


def planned(plan: Plan, infusion: Ints) -> Mask:
    """Whether there is such an infusion: for an immunodeficiency one day is enough."""
    one_day = ward_people.indication(patient_of(plan, infusion)) == ward_people.PID
    return np.asarray(~one_day | (infusion % COURSE_DAYS == 0))


def at_site(plan: Plan, site: int, course: int) -> Ints:
    """The infusions of one site's patients in their course of that number (from 0)."""
    first = first_patients(plan)
    # Numbers run course by course, in each patient by patient, in each day by day.
    base = course * plan.patients * COURSE_DAYS
    return np.arange(base + first[site] * COURSE_DAYS, base + first[site + 1] * COURSE_DAYS)


def day_of(plan: Plan, infusion: Ints) -> Ints:
    """The day of each infusion: courses come every 21 to 28 days."""
    patient = patient_of(plan, infusion)
    course, day = infusion // (plan.patients * COURSE_DAYS), infusion % COURSE_DAYS
    return (
        FIRST_DAY + plan.draws.below("first day", patient, 5) + course * every(plan, patient) + day
    )


def every(plan: Plan, patient: Ints) -> Ints:
    """Days from course to course of each patient."""
    return EVERY[0] + plan.draws.below("interval", patient, EVERY[1] - EVERY[0] + 1)


def started(plan: Plan, infusion: Ints) -> Ints:
    """When each infusion began."""
    return (
        day_of(plan, infusion) * clock.DAY
        + 7 * clock.HOUR
        + 60 * plan.draws.below("started", infusion, 240)
    )


def status_of(plan: Plan, infusion: Ints) -> Ints:
    """What happened, as a place in STATUSES."""
    chance = plan.draws.below("status", infusion, 100)
    # One draw for both, so that the shares do not overlap.
    return np.select([chance < NOT_GIVEN, chance < NOT_GIVEN + STOPPED], [2, 1], 0)


def called_off(plan: Plan, infusion: Ints) -> Mask:
    """Whether an infusion that was not given was not prepared either."""
    return np.asarray(
        (status_of(plan, infusion) == 2) & (plan.draws.below("called off", infusion, 2) == 0)
    )


def exchanged(plan: Plan, lot: Ints, within: Ints) -> Mask:
    """Whether the infusion at that place takes a vial of the pair's other lot, and gives one."""
    chance = plan.draws.below("two lots", lot // 2 * plan.slots + within, TWO_LOTS) == 0
    return np.asarray((chance | (within == 0)) & ~in_twelves(lot))


def places(plan: Plan, infusion: Ints) -> Places:
    """All places of some infusions."""
    of, place = np.repeat(infusion, SLOTS), np.tile(np.arange(SLOTS), len(infusion))
    slot = of * SLOTS + place
    lot, position = slot // plan.slots, slot % plan.slots
    swaps = exchanged(plan, lot, position // SLOTS)
    by_count = ~swaps & told_by_count(plan, of)
    # Lots stand in pairs: of an even number the next one is the other, of an odd one the one
    # before.
    lot = np.where(swaps & (place == EXCHANGED), lot ^ 1, lot)
    return Places(of, place, lot, position, by_count, dose_of(plan, patient_of(plan, of)))


def told_by_count(plan: Plan, infusion: Ints) -> Mask:
    """Whether an infusion is told by lot and count, unless its vials are of two lots."""
    return np.asarray(plan.draws.below("by count", infusion, BY_COUNT) == 0)


def dose_of(plan: Plan, patient: Ints) -> Ints:
    """The vials of ten grams that each patient is given in one day."""
    pid = ward_people.indication(patient) == ward_people.PID
    return np.where(pid, PID_DOSE, SLOTS - plan.draws.below("dose", patient, 2))


def lines(plan: Plan, infusion: Ints) -> Places:
    """The vials of planned infusions, one line each; one in all where told by lot and count."""
    every = places(plan, infusion[planned(plan, infusion)])
    return every.only(np.where(every.by_count, every.place == 0, every.place < every.dose))


def infusion_of_vial(plan: Plan, lot: Ints, position: Ints) -> Ints:
    """The infusion for which the vial at a position is meant; -1 where it stays in stock."""
    swaps = exchanged(plan, lot, position // SLOTS) & (position % SLOTS == EXCHANGED)
    infusion = (np.where(swaps, lot ^ 1, lot) * plan.slots + position) // SLOTS
    meant = (
        (position < plan.slots)
        & (infusion < plan.infusions)
        & (planned(plan, infusion) | in_twelves(lot))
    )
    return np.where(meant, infusion, -1)


def patient_of_vial(plan: Plan, lot: Ints, position: Ints) -> Ints:
    """The patient of that infusion, or -1."""
    infusion = infusion_of_vial(plan, lot, position)
    return np.where(infusion < 0, -1, patient_of(plan, infusion))
