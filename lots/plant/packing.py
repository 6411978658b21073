"""Saleable packs: GTIN, an unguessable serial, and the lot; most hold one vial, some twelve."""

from collections.abc import Iterator

import numpy as np

from lots.plant import clock, making
from lots.plant.columns import Texts, chosen, digits, joined, opaque, picked, same
from lots.plant.draws import Ints
from lots.plant.landing import Landing, Sending
from lots.plant.parties import PLANT, zone_of
from lots.plant.plan import PACK_OF_TWELVE, Plan, in_twelves, packs_of

BLOCK = 150_000  # packs made at a time
CONTENT_G = "10"


def lot_blocks(plan: Plan) -> Iterator[Ints]:
    """Packed lots, as many at a time as have a block of packs."""
    each = max(1, BLOCK // plan.vials)
    for at in range(0, plan.lots, each):
        yield np.arange(at, min(at + each, plan.lots))


def packs_in(plan: Plan, lots: Ints) -> tuple[Ints, Ints]:
    """The packs of some lots: each one's lot and its position in the lot."""
    sizes = packs_of(plan)[lots]
    position = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(lots, sizes), position


def serials(plan: Plan, lot: Ints, position: Ints) -> Texts:
    """Packs' serials."""
    return joined(opaque(plan.draws.words("serial", lot * plan.vials + position)))


def lot_numbers(lot: Ints) -> Texts:
    """Packed lots' numbers."""
    return joined(b"A26-", digits(lot + 1, 6))


def gtins(plan: Plan, lot: Ints) -> Texts:
    """The GTINs under which lots are packed."""
    words = (making.SINGLE, making.SINGLE_US, making.TWELVE)
    return picked(words, np.where(in_twelves(lot), 2, (lot // 2 % 3 == 2).astype(np.int64)))


def packed(plan: Plan, lot: Ints) -> Ints:
    """When each lot was packed."""
    at = np.array([making.made(plan, number // 2, making.PACKED) for number in range(plan.lots)])
    return at[lot]


def send(plan: Plan, landing: Landing) -> None:
    """Every pack, as the plant packed it."""
    for lots in lot_blocks(plan):
        lot, position = packs_in(plan, lots)
        at, rows = packed(plan, lot), len(lot)
        landing.put(Sending(PLANT, "pack", (int(at.min()) // clock.DAY, int(at.max()) // clock.DAY + 1)), {
            "gtin": gtins(plan, lot), "serial": serials(plan, lot, position), "manufacturer": same(PLANT, rows),
            "lot_number": lot_numbers(lot), "step": same(making.PACKED, rows),
            "vials": chosen(in_twelves(lot), str(PACK_OF_TWELVE), "1"), "content_g": same(CONTENT_G, rows),
            "label_expires_on": clock.days(at // clock.DAY + making.EXPIRES_AFTER),
            "packed_at": clock.instants(at + position, zone_of(PLANT))})
