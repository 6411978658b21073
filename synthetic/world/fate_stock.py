"""What is counted on shelves, what was too warm on its way, and what was complained of."""

import numpy as np

from synthetic.world import (
    clock,
    courses,
    dispensing,
    distribution,
    fate_relabelled,
    fate_vials,
    packing,
)
from synthetic.world.courses import Places
from synthetic.world.draws import Ints
from synthetic.world.parties import WHOLESALER, zone_of
from synthetic.world.plan import SLOTS, Plan
from synthetic.writing.columns import Texts, amounts, counts, digits, joined, picked, same
from synthetic.writing.landing import Landing, Sending

COUNTED = 330  # 27 November: the day on which all count
WARM = 20  # one shipment from the plant in so many was out of limits
COMPLAINED = 150  # of one vial in so many handed out
KINDS = ("appearance", "particles", "dissolution", "packaging", "label", "effect", "other")
OUTCOMES = ("not_confirmed", "confirmed", "open")


def send(plan: Plan, landing: Landing) -> None:
    """The wholesaler's count and its warm deliveries; the pharmacies' counts and complaints."""
    _count_lots(plan, landing)
    _tell_warm(plan, landing)
    for pharmacy, part in dispensing.parts(plan):
        _count_packs(plan, landing, pharmacy, part)
        _complain(plan, landing, pharmacy, part)


def _count_lots(plan: Plan, landing: Landing) -> None:
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        stays = distribution.pharmacy_of_pack(plan, lot, position) < 0
        packs = np.bincount(lot[stays] - lots[0], minlength=len(lots))
        landing.put(
            Sending(WHOLESALER, "stock_count", (COUNTED, COUNTED + 1)),
            {
                "party": same(WHOLESALER, len(lots)),
                "item": counts(lots + 1),
                "gtin": packing.gtins(plan, lots),
                "lot_number": packing.lot_numbers(lots),
                "packs": counts(packs),
                "counted_at": same(clock.instant(COUNTED * clock.DAY + 8 * clock.HOUR), len(lots)),
            },
        )


def _count_packs(plan: Plan, landing: Landing, pharmacy: str, infusion: Ints) -> None:
    some = fate_vials.surplus(plan, infusion)
    left = some.only(fate_vials.chance(plan, some) >= fate_vials.DESTROYED)
    rows = len(left.infusion)
    if rows:
        at = clock.instant(COUNTED * clock.DAY + 8 * clock.HOUR, zone_of(pharmacy))
        landing.put(
            Sending(pharmacy, "stock_count", (COUNTED, COUNTED + 1)),
            {
                "party": same(pharmacy, rows),
                "item": counts(left.infusion * SLOTS + left.place + 1),
                **_named(plan, left),
                "packs": same("1", rows),
                "counted_at": same(at, rows),
            },
        )


def _tell_warm(plan: Plan, landing: Landing) -> None:
    lot = np.arange(plan.lots)
    # The first lot among them, so that the smallest plant has one too.
    lot = lot[(lot + 1) % WARM == 1]
    began = packing.packed(plan, lot) + distribution.SHIPPED_AFTER + 2 * clock.HOUR
    ended = began + 60 * (30 + plan.draws.below("warm", lot, 300))
    zone = zone_of(WHOLESALER)
    landing.put(
        Sending(WHOLESALER, "excursion", (0, clock.END)),
        {
            "excursion": joined(b"EX", digits(lot + 1, 6)),
            "shipment": joined(b"S", digits(lot + 1, 6), b"-001"),
            "began_at": clock.instants(began, zone),
            "ended_at": clock.instants(ended, zone),
            "coldest_c": amounts(180 + plan.draws.below("coldest", lot, 40), 1),
            "warmest_c": amounts(255 + plan.draws.below("warmest", lot, 60), 1),
        },
    )


def _complain(plan: Plan, landing: Landing, pharmacy: str, infusion: Ints) -> None:
    places = dispensing.told(plan, pharmacy, infusion)
    places = places.only(~places.by_count)
    some = places.only(
        # One number for each place: an infusion has fewer than eight.
        plan.draws.below("complaint", places.infusion * 8 + places.place, COMPLAINED) == 0
    )
    rows = len(some.infusion)
    if rows:
        at = courses.started(plan, some.infusion) + clock.DAY
        landing.put(
            Sending(pharmacy, "complaint", clock.period(at)),
            {
                "party": same(pharmacy, rows),
                "complaint": _complaints(some),
                **_named(plan, some),
                "kind": picked(KINDS, some.infusion % len(KINDS)),
                "received_at": clock.instants(at, zone_of(pharmacy)),
                "outcome": picked(OUTCOMES, some.infusion % len(OUTCOMES)),
            },
        )


def _complaints(places: Places) -> Texts:
    return joined(b"C", digits(places.infusion, 8), b"-", digits(places.place + 1, 1))


def _named(plan: Plan, places: Places) -> dict[str, Texts]:
    return {
        "gtin": packing.gtins(plan, places.lot),
        "serial": fate_relabelled.serials(plan, places.lot, places.pack),
        "lot_number": packing.lot_numbers(places.lot),
    }
