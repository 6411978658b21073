"""What the rules answer of the plant's own packs: labels are right, and times in order."""

import numpy as np

from synthetic.cases.seeded import NOT_APPLICABLE, PASS
from synthetic.truth.truth import Ledger
from synthetic.world import (
    courses,
    dispensing,
    distribution,
    fate_ends,
    fate_packages,
    fate_relabelled,
    packing,
)
from synthetic.world.draws import Ints
from synthetic.world.parties import PHARMACIES
from synthetic.world.plan import PACK_OF_TWELVE, SLOTS, Plan, in_twelves
from synthetic.writing.columns import Mask
from synthetic.writing.landing import Landing

OPENS = PHARMACIES.index(dispensing.OPENS)


def send(plan: Plan, landing: Landing) -> None:
    """R02, E02 and E03 of every pack, and of those that got another serial: all that is told of
    them is in order.
    """
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        new = fate_relabelled.relabelled(lot, position)
        cased = ~fate_packages.by_count(lot, position // fate_packages.CASE_OF)
        landing.ledger.tally("R02", PASS, len(lot) + new.sum())
        later, ended = _named_later(plan, lot, position), fate_ends.ended(plan, lot, position)
        used = _used(plan, lot, position) | ended
        # For each rule the packs that something names by their first serial, and by their second.
        told = {"E02": (cased | later, later), "E03.vials": (used, used), "E03.end": (ended, ended)}
        for rule, (named, renamed) in told.items():
            _tally(landing.ledger, rule, named)
            _tally(landing.ledger, rule, renamed[new])


def _tally(ledger: Ledger, rule: str, named: Mask) -> None:
    ledger.tally(rule, PASS, named.sum())
    ledger.tally(rule, NOT_APPLICABLE, (~named).sum())


def _named_later(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a shipment, a pharmacy's return or a dispensing names each pack by its serial."""
    shipped = (distribution.pharmacy_of_pack(plan, lot, position) >= 0) & ~distribution.on_by_count(
        lot
    )
    named = shipped | _used(plan, lot, position)
    single = ~in_twelves(lot)
    named[single] |= fate_ends.sent_back(plan, lot[single], position[single])
    return np.asarray(named)


def _used(plan: Plan, lot: Ints, position: Ints) -> Mask:
    """Whether a dispensing, a preparation or an infusion names each pack by its serial."""
    single, named = ~in_twelves(lot), np.zeros(len(lot), np.bool_)
    named[single] = fate_ends.handed_out(plan, lot[single], position[single])
    named[~single] = _is_twelve_named(plan, lot[~single], position[~single])
    return named


def _is_twelve_named(plan: Plan, lot: Ints, position: Ints) -> Mask:
    vial = position[:, None] * PACK_OF_TWELVE + np.arange(PACK_OF_TWELVE)
    infusion = courses.infusion_of_vial(plan, np.broadcast_to(lot[:, None], vial.shape), vial)
    patient = courses.patient_of(plan, infusion)
    opens = courses.pharmacy_of(courses.site_of(plan, patient)) == OPENS
    taken = vial % SLOTS < courses.dose_of(plan, patient)
    taken &= (
        (infusion >= 0) & courses.planned(plan, infusion) & ~courses.told_by_count(plan, infusion)
    )
    one_by_one, prepared = taken & opens & opens[:, :1], taken & ~courses.called_off(plan, infusion)
    # A pharmacy that opens none hands the pack out as it is, by its own serial.
    whole = (infusion[:, 0] >= 0) & ~opens[:, 0]
    return np.asarray((one_by_one | prepared).any(axis=1) | whole)
