"""What the rules across records answer of the plant's own packs: their labels are right, and their times in order."""

import numpy as np

from lots.plant import courses, dispensing, distribution, fate_packages, fate_relabelled, fate_vials, packing
from lots.plant.columns import Mask
from lots.plant.draws import Ints
from lots.plant.landing import Landing
from lots.plant.parties import PHARMACIES
from lots.plant.plan import PACK_OF_TWELVE, SLOTS, Plan, in_twelves
from lots.plant.planted import NOT_APPLICABLE, PASS
from lots.plant.truth import Ledger

OPENS = PHARMACIES.index(dispensing.OPENS)


def send(plan: Plan, landing: Landing) -> None:
    """R02 and E02 of every pack, and of those that got another serial."""
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        new = fate_relabelled.relabelled(lot, position)
        cased = ~fate_packages.by_count(lot, position // fate_packages.CASE_OF)
        later = _named_later(plan, lot, position)
        landing.ledger.tally("R02", PASS, len(lot) + new.sum())
        _tally(landing.ledger, np.where(new, cased, cased | later))
        _tally(landing.ledger, later[new])


def _tally(ledger: Ledger, named: Mask) -> None:
    ledger.tally("E02", PASS, named.sum())
    ledger.tally("E02", NOT_APPLICABLE, (~named).sum())


def _named_later(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether the wholesaler's shipment, a pharmacy's return or a dispensing names each pack by its serial."""
    shipped = (distribution.pharmacy_of_pack(plan, lot, position) >= 0) & ~distribution.on_by_count(lot)
    twelve = in_twelves(lot)
    named = np.array(shipped)
    named[~twelve] |= _is_single_named(plan, lot[~twelve], position[~twelve])
    named[twelve] |= _is_twelve_named(plan, lot[twelve], position[twelve])
    return named


def _is_single_named(plan: Plan, lot: Ints, position: Ints) -> Mask:
    infusion, place = courses.infusion_of_vial(plan, lot, position), position % SLOTS
    swaps = courses.exchanged(plan, lot, position // SLOTS)
    counted = ~swaps & courses.told_by_count(plan, infusion)
    needed = place < courses.dose_of(plan, courses.patient_of(plan, infusion))
    back = plan.draws.below("surplus", infusion, fate_vials.OF) < fate_vials.RETURNED
    return np.asarray((infusion >= 0) & ~counted & (needed | back))


def _is_twelve_named(plan: Plan, lot: Ints, position: Ints) -> Mask:
    vial = position[:, None] * PACK_OF_TWELVE + np.arange(PACK_OF_TWELVE)
    infusion = courses.infusion_of_vial(plan, np.broadcast_to(lot[:, None], vial.shape), vial)
    patient = courses.patient_of(plan, infusion)
    opens = courses.pharmacy_of(courses.site_of(plan, patient)) == OPENS
    needed = vial % SLOTS < courses.dose_of(plan, patient)
    one_by_one = opens & needed & courses.planned(plan, infusion) & ~courses.told_by_count(plan, infusion)
    whole = ~opens[:, 0]
    return np.asarray(((infusion >= 0) & one_by_one).any(axis=1) | (infusion[:, 0] >= 0) & whole)
