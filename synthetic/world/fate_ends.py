"""What became of the plant's own packs, seen from the pack: handed out, sent back, at its end."""

import numpy as np

from synthetic.world import courses, fate_vials
from synthetic.world.draws import Ints
from synthetic.world.plan import PACK_OF_TWELVE, SLOTS, Plan, in_twelves
from synthetic.writing.columns import Mask


def handed_out(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a single pack went to its infusion, and its serial was told."""
    return _meant(plan, lot, position) & _needed(plan, lot, position)


def sent_back(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a single pack was more than its infusion needed, and went back."""
    return _surplus(plan, lot, position) & (_chance(plan, lot, position) < fate_vials.RETURNED)


def ended(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a pack, or a vial of it, is told by serial as back, wasted, lost or destroyed."""
    single, found = ~in_twelves(lot), np.zeros(len(lot), np.bool_)
    found[single] = _single_ended(plan, lot[single], position[single])
    vial = position[~single, None] * PACK_OF_TWELVE + np.arange(PACK_OF_TWELVE)
    found[~single] = _vial_ended(plan, np.broadcast_to(lot[~single, None], vial.shape), vial).any(
        axis=1
    )
    return found


def _single_ended(plan: Plan, lot: Ints, position: Ints) -> Mask:
    infusion, chance = courses.infusion_of_vial(plan, lot, position), _chance(plan, lot, position)
    back = handed_out(plan, lot, position) & courses.called_off(plan, infusion)
    gone = (chance >= fate_vials.RETURNED) & (chance < fate_vials.DESTROYED)
    return np.asarray(back | _surplus(plan, lot, position) & gone)


def _vial_ended(plan: Plan, lot: Ints, vial: Ints) -> Mask:
    infusion = courses.infusion_of_vial(plan, lot, vial)
    told = (
        (infusion >= 0) & courses.planned(plan, infusion) & ~courses.told_by_count(plan, infusion)
    )
    cracked = plan.draws.below("cracked", infusion, fate_vials.WASTED) == 0
    return np.asarray(
        told & np.where(_needed(plan, lot, vial), courses.called_off(plan, infusion), cracked)
    )


def _meant(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a single pack is for an infusion that is told by serials."""
    infusion = courses.infusion_of_vial(plan, lot, position)
    # Vials of two lots are told by serial, as a count of one lot would be wrong.
    swaps = courses.exchanged(plan, lot, position // SLOTS)
    return np.asarray((infusion >= 0) & (swaps | ~courses.told_by_count(plan, infusion)))


def _needed(plan: Plan, lot: Ints, vial: Ints) -> Mask:
    infusion = courses.infusion_of_vial(plan, lot, vial)
    return np.asarray(vial % SLOTS < courses.dose_of(plan, courses.patient_of(plan, infusion)))


def _surplus(plan: Plan, lot: Ints, position: Ints) -> Mask:
    return _meant(plan, lot, position) & ~_needed(plan, lot, position)


def _chance(plan: Plan, lot: Ints, position: Ints) -> Ints:
    return plan.draws.below("surplus", courses.infusion_of_vial(plan, lot, position), fate_vials.OF)
