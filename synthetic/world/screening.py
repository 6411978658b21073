"""Test results: serology of each donation, nucleic acids of each larger minipool, and the markers
of each pool.
"""

import numpy as np

from synthetic import data
from synthetic.world import clock, donations, minipools, pooling
from synthetic.world.draws import Ints
from synthetic.world.parties import LABORATORY, zone_of
from synthetic.world.plan import Plan
from synthetic.writing.columns import Texts, amounts, chosen, digits, joined, picked, same
from synthetic.writing.landing import Landing, Sending

TOLD = data.table("world/laboratory")
MARKERS, MINIPOOL_MARKERS, POOL_MARKERS = (
    tuple(TOLD[name]) for name in ("of_donations", "of_minipools", "of_pools")
)
KITS, LIMITS = TOLD["kits"], TOLD["limits"]
KIT_DAYS = 20  # a kit lot is used for so many days
KIT_KEEPS = 120  # days from its first use to its expiry
OF_POOLS, OF_MINIPOOLS = 1 << 40, 1 << 41  # from here on are the numbers of their tests


def send(plan: Plan, landing: Landing) -> None:
    """Results of donations and minipools for each period, then those of the pools."""
    for number, (donation, (start, end)) in enumerate(donations.blocks(plan)):
        form = "csv.gz" if number == 1 else "csv"
        landing.put(
            Sending(LABORATORY, "test_result", (start, end + 5), form),
            _of_donations(plan, donation),
        )
        larger = minipools.complete(plan, donation, minipools.TESTED)
        if len(larger):
            landing.put(
                Sending(LABORATORY, "test_result", (start, end + 5)), _of_minipools(plan, larger)
            )
    landing.put(Sending(LABORATORY, "test_result", (60, 270)), _of_pools(plan))


def _of_donations(plan: Plan, donation: Ints) -> dict[str, Texts]:
    of, marker = np.repeat(donation, len(MARKERS)), np.tile(np.arange(len(MARKERS)), len(donation))
    taken = np.repeat(donations.collected(plan, donation), len(MARKERS))
    number = donations.numbers(plan, donation).take(
        np.repeat(np.arange(len(donation)), len(MARKERS))
    )
    test = of * len(MARKERS) + marker
    tested = taken + clock.DAY + plan.draws.below("tested", test, 2 * clock.DAY)
    return {
        "sample": joined(b"T", digits(of, 9)),
        "tested": same("donation", len(of)),
        "tested_id": number,
        **_results(plan, MARKERS, marker, test, taken=taken, tested=tested),
    }


def _of_minipools(plan: Plan, number: Ints) -> dict[str, Texts]:
    of, marker = (
        np.repeat(number, len(MINIPOOL_MARKERS)),
        np.tile(np.arange(len(MINIPOOL_MARKERS)), len(number)),
    )
    taken = minipools.mixed(plan, of, minipools.TESTED)
    return {
        "sample": joined(b"TM", digits(of, 8)),
        "tested": same("minipool", len(of)),
        "tested_id": minipools.larger(of),
        **_results(
            plan,
            MINIPOOL_MARKERS,
            marker,
            of * len(MINIPOOL_MARKERS) + marker + OF_MINIPOOLS,
            taken=taken,
            tested=taken + 14 * clock.HOUR,
        ),
    }


def _of_pools(plan: Plan) -> dict[str, Texts]:
    pool = np.repeat(np.arange(plan.pools), len(POOL_MARKERS))
    marker = np.tile(np.arange(len(POOL_MARKERS)), plan.pools)
    taken = pooling.pooled(plan, pool)
    return {
        "sample": joined(b"TP", digits(pool, 8)),
        "tested": same("pool", len(pool)),
        "tested_id": pooling.numbers(pool),
        **_results(
            plan, POOL_MARKERS, marker, pool + OF_POOLS, taken=taken, tested=taken + clock.DAY
        ),
    }


def _results(
    plan: Plan, markers: tuple[str, ...], marker: Ints, test: Ints, *, taken: Ints, tested: Ints
) -> dict[str, Texts]:
    """What the laboratory writes of each test; `marker` is its place among `markers`."""
    zone = zone_of(LABORATORY)
    lot = tested // clock.DAY // KIT_DAYS
    # What has a limit of detection is a test for nucleic acids.
    is_nat = np.array([m in LIMITS for m in markers])[marker]
    value = np.where(
        is_nat,
        np.array([100 * LIMITS.get(m, 0) for m in markers])[marker],
        5 + plan.draws.below("value", test, 60),
    )
    return {
        "marker": picked(markers, marker),
        "method": chosen(is_nat, "NAT", "CLIA"),
        "kit": picked([KITS[m] for m in markers], marker),
        "kit_lot": _kit_lots(markers, marker, lot),
        "kit_expires_on": clock.days(lot * KIT_DAYS + KIT_KEEPS),
        "analyser": picked(("AN-1", "AN-2", "AN-3"), test % 3),
        "taken_at": clock.instants(taken, zone),
        "tested_at": clock.instants(tested, zone),
        "operator": chosen(is_nat, "<", "="),
        "value": amounts(value, 2),
        "value_unit": chosen(is_nat, "IU/mL", "S/CO"),
    }


def _kit_lots(markers: tuple[str, ...], marker: Ints, lot: Ints) -> Texts:
    """Each kit's lots, numbered by the twenty days in which they were used."""
    # A table of all kit lots in use then, so that few texts are made.
    first, last = int(lot.min()), int(lot.max()) + 1
    words = [f"{KITS[m][4:]}-25{n:02d}" for m in markers for n in range(first, last)]
    return picked(words, marker * (last - first) + lot - first)
