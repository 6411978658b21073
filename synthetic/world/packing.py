"""Saleable packs (GTIN, an unguessable serial, the lot; most of one vial, some of twelve), and
their lots' release.
"""

from collections.abc import Iterator

import numpy as np

from synthetic.world import clock, making
from synthetic.world.draws import Ints
from synthetic.world.parties import PLANT, zone_of
from synthetic.world.plan import PACK_OF_TWELVE, Plan, in_twelves, packs_of
from synthetic.writing.columns import Texts, by_column, chosen, digits, joined, opaque, picked
from synthetic.writing.landing import Landing, Sending

BLOCK = 150_000  # packs made at a time
RELEASED_AFTER = clock.DAY  # after packing
AUTHORITIES = {"DE": "Paul-Ehrlich-Institut", "US": "FDA/CBER"}


def lot_blocks(plan: Plan) -> Iterator[Ints]:
    """Packed lots, as many at a time as have a block of packs."""
    each = max(1, BLOCK // plan.vials)
    for at in range(0, plan.lots, each):
        yield np.arange(at, min(at + each, plan.lots))


def packs_in(plan: Plan, lots: Ints) -> tuple[Ints, Ints]:
    """The packs of some lots: each one's lot and its position in the lot."""
    sizes = packs_of(plan)[lots]
    # Counted from the start of each lot.
    position = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(lots, sizes), position


def serials(plan: Plan, lot: Ints, position: Ints) -> Texts:
    """Packs' serials."""
    return joined(opaque(plan.draws.words("serial", lot * plan.vials + position)))


def lot_numbers(lot: Ints) -> Texts:
    """Packed lots' numbers."""
    return joined(b"A25-", digits(lot + 1, 6))


def gtins(plan: Plan, lot: Ints) -> Texts:
    """The GTINs under which lots are packed."""
    words = (making.SINGLE, making.SINGLE_US, making.TWELVE)
    return picked(words, np.where(in_twelves(lot), 2, (lot // 2 % 3 == 2).astype(np.int64)))


def packed(plan: Plan, lot: Ints) -> Ints:
    """When each lot was packed."""
    at = np.array([making.made(plan, number // 2, making.PACKED) for number in range(plan.lots)])
    return at[lot]


def expires(plan: Plan, lot: Ints) -> Ints:
    """The day on which each lot expires."""
    return packed(plan, lot) // clock.DAY + making.EXPIRES_AFTER


def released(plan: Plan, lot: int) -> int:
    """When an authority released a packed lot."""
    return making.made(plan, lot // 2, making.PACKED) + RELEASED_AFTER + 60 * lot % clock.HOUR


def _releases(plan: Plan) -> Iterator[dict[str, str]]:
    for lot in range(plan.lots):
        _, number, _ = making.final(lot, making.PACKED)
        market = "US" if making.gtin_of(plan, lot) == making.SINGLE_US else "DE"
        yield {
            "lot_number": number,
            "market": market,
            "authority": AUTHORITIES[market],
            "certificate": f"{market}-25-{lot + 1:05d}",
            "released_at": clock.instant(released(plan, lot)),
        }


def send(plan: Plan, landing: Landing) -> None:
    """Every pack, as the plant packed it; every lot's release."""
    landing.put(Sending(PLANT, "official_release", (0, clock.END)), by_column(_releases(plan)))
    for lots in lot_blocks(plan):
        lot, position = packs_in(plan, lots)
        at = packed(plan, lot)
        landing.put(
            Sending(PLANT, "pack", clock.period(at)),
            {
                "gtin": gtins(plan, lot),
                "serial": serials(plan, lot, position),
                "lot_number": lot_numbers(lot),
                "vials": chosen(in_twelves(lot), str(PACK_OF_TWELVE), "1"),
                "label_expires_on": clock.days(expires(plan, lot)),
                "packed_at": clock.instants(at + position, zone_of(PLANT)),
            },
        )
