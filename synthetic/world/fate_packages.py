"""Cases of a hundred packs, and pallets of cases: each has an SSCC, by which it is shipped."""

import numpy as np

from synthetic.world import clock, packing
from synthetic.world.draws import Ints
from synthetic.world.parties import PLANT, zone_of
from synthetic.world.plan import Plan, packs_of
from synthetic.writing.columns import Bytes, Mask, Texts, chosen, counts, digits, joined
from synthetic.writing.landing import Landing, Sending

CASE_OF = 100  # packs
BY_COUNT = 6  # one case in so many is told by lot and count
CASED_AFTER, OPENED_AFTER = clock.DAY, 3 * clock.DAY + 2 * clock.HOUR  # after packing
PREFIX = b"34099999"  # an extension digit, and the plant's company prefix
CASES_OF_A_LOT = 1_000  # numbers that a lot has for its cases; the last one is the pallet's
PALLET = CASES_OF_A_LOT - 1
WEIGHTS = np.where(np.arange(17) % 2 == 0, 3, 1)


def _check_digits(body: Bytes) -> Bytes:
    """The GS1 check digit of each number of 17 digits: weights 3, 1, 3… from the right."""
    return np.asarray(-((body - 48).astype(np.int64) @ WEIGHTS) % 10 + 48, np.uint8)[:, None]


def ssccs(lot: Ints, case: Ints) -> Texts:
    """The SSCC of each lot's case of that number."""
    prefix = np.broadcast_to(np.frombuffer(PREFIX, np.uint8), (len(lot), len(PREFIX)))
    body = np.hstack([prefix, digits(lot * CASES_OF_A_LOT + case, 9)])
    return joined(body, _check_digits(body))


def sscc(number: int) -> str:
    """The SSCC of that number in the plant's own series."""
    return str(ssccs(np.array([0]), np.array([number]))[0].as_py())


def by_count(lot: Ints, case: Ints) -> Mask:
    """Whether a case is told by lot and count alone."""
    return np.asarray((lot + case) % BY_COUNT == 1)


def sizes(groups: Ints) -> Ints:
    """How many rows each row's group has."""
    _, index, each = np.unique(groups, return_inverse=True, return_counts=True)
    return each[index]


def send(plan: Plan, landing: Landing) -> None:
    """What each case holds, pack by pack or by count; then which cases stand on each pallet."""
    for lots in packing.lot_blocks(plan):
        _send_cases(plan, landing, *packing.packs_in(plan, lots))
    _send_pallets(plan, landing)


def _send_cases(plan: Plan, landing: Landing, lot: Ints, position: Ints) -> None:
    case, item = position // CASE_OF, position % CASE_OF
    counted = by_count(lot, case)
    packs = np.where(counted, sizes(lot * CASES_OF_A_LOT + case), 1)
    told = ~counted | (item == 0)
    # Of a case told by count, its first pack's line stands for all.
    lot, position, case, item, counted, packs = (
        c[told] for c in (lot, position, case, item, counted, packs)
    )
    at = packing.packed(plan, lot) + CASED_AFTER
    landing.put(
        _sending(at),
        {
            "sscc": ssccs(lot, case),
            "item": counts(item + 1),
            "gtin": packing.gtins(plan, lot),
            "serial": chosen(counted, None, packing.serials(plan, lot, position)),
            "lot_number": packing.lot_numbers(lot),
            "packs": counts(packs),
            "packed_at": clock.instants(at + position, zone_of(PLANT)),
        },
    )


def _send_pallets(plan: Plan, landing: Landing) -> None:
    cases = -(-packs_of(plan) // CASE_OF)
    lot = np.repeat(np.arange(plan.lots), cases)
    # Counted from the first case of each lot; the last one may be part full.
    case = np.arange(len(lot)) - np.repeat(np.cumsum(cases) - cases, cases)
    packed = packing.packed(plan, lot)
    landing.put(
        _sending(packed + CASED_AFTER),
        {
            "sscc": ssccs(lot, np.full(len(lot), PALLET)),
            "item": counts(case + 1),
            "child_sscc": ssccs(lot, case),
            "packed_at": clock.instants(packed + CASED_AFTER + clock.HOUR, zone_of(PLANT)),
            "unpacked_at": clock.instants(packed + OPENED_AFTER, zone_of(PLANT)),
        },
    )


def _sending(at: Ints) -> Sending:
    return Sending(PLANT, "package_content", clock.period(at))
