"""Packs that the wholesaler gave another serial: what is told of them later names the new one."""

import numpy as np

from synthetic.world import clock, packing
from synthetic.world.draws import Ints
from synthetic.world.parties import WHOLESALER, zone_of
from synthetic.world.plan import Plan, in_twelves
from synthetic.writing.columns import Mask, Texts, chosen, joined, opaque, same
from synthetic.writing.landing import Landing, Sending

LOTS, PACKS, WHICH = 4, 40, 7  # of one lot in so many, one pack in so many: that one
AFTER = 4 * clock.DAY  # after packing


def relabelled(lot: Ints, position: Ints) -> Mask:
    """Whether each pack got a new serial."""
    return np.asarray((lot % LOTS == 0) & (position % PACKS == WHICH) & ~in_twelves(lot))


def new_serials(plan: Plan, lot: Ints, position: Ints) -> Texts:
    """The new serials of such packs."""
    return joined(b"R", opaque(plan.draws.words("new serial", lot * plan.vials + position)))


def serials(plan: Plan, lot: Ints, position: Ints) -> Texts:
    """Packs' serials as they are after relabelling."""
    return chosen(
        relabelled(lot, position),
        new_serials(plan, lot, position),
        packing.serials(plan, lot, position),
    )


def send(plan: Plan, landing: Landing) -> None:
    """The new numbers, and the packs under them as the wholesaler made them."""
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        new = relabelled(lot, position)
        if new.any():
            _send(plan, landing, lot[new], position[new])


def _send(plan: Plan, landing: Landing, lot: Ints, position: Ints) -> None:
    packed, rows = packing.packed(plan, lot), len(lot)
    days = clock.period(packed + AFTER)
    gtin, new, at = (
        packing.gtins(plan, lot),
        new_serials(plan, lot, position),
        packed + AFTER + 30 * position,
    )
    landing.put(
        Sending(WHOLESALER, "pack", days),
        {
            "gtin": gtin,
            "serial": new,
            "lot_number": packing.lot_numbers(lot),
            "vials": same("1", rows),
            "label_expires_on": clock.days(packing.expires(plan, lot)),
            "packed_at": clock.instants(at, zone_of(WHOLESALER)),
        },
    )
    landing.put(
        Sending(WHOLESALER, "relabelling", days),
        {
            "gtin": gtin,
            "serial": packing.serials(plan, lot, position),
            "new_gtin": gtin,
            "new_serial": new,
            "relabelled_at": clock.instants(at, zone_of(WHOLESALER)),
        },
    )
