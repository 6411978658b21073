"""Pools, which units went into each, and which units had been held before."""

import numpy as np

from synthetic.cases.seeded import NOT_APPLICABLE, PASS
from synthetic.world import clock, donations
from synthetic.world.draws import Ints
from synthetic.world.parties import PLANT, zone_of
from synthetic.world.plan import RECOVERED, Plan, day_of, donor_of, pool_of, pool_starts
from synthetic.writing.columns import Texts, amounts, digits, joined, picked
from synthetic.writing.landing import Landing, Sending

HELD = 53  # one unit in so many was held for some days
HOLD_DAYS = 62  # inventory hold: at least 60 days (PPTA inventory hold)
NUMBER = "POOL-25-{:06d}"


def numbers(pool: Ints) -> Texts:
    """Pools' numbers."""
    return joined(b"POOL-25-", digits(pool + 1, 6))


def number(pool: int) -> str:
    """One pool's number."""
    return NUMBER.format(pool + 1)


def pooled_day(plan: Plan, pool: Ints) -> Ints:
    """The day of pooling: after the hold of the pool's last donation."""
    return day_of(plan, pool_starts(plan)[pool + 1] - 1) + HOLD_DAYS


def pooled(plan: Plan, pool: Ints) -> Ints:
    """The instant of pooling."""
    return pooled_day(plan, pool) * clock.DAY + 7 * clock.HOUR + 60 * (pool % 300)


def volumes(plan: Plan) -> Ints:
    """What the units of each pool hold together, in mL."""
    volume = np.zeros(plan.pools, np.int64)
    for donation, _ in donations.blocks(plan):
        of, _, ml = donations.units(plan, donation)
        # A pool's units stand in several blocks.
        volume += np.bincount(pool_of(plan, of), ml, plan.pools).astype(np.int64)
    return volume


def send(plan: Plan, landing: Landing) -> None:
    """What happened to units before, the units of every pool, then the pools with their volumes."""
    _events(plan, landing)
    for donation, (start, end) in donations.blocks(plan):
        of, place, ml = donations.units(plan, donation)
        pool = pool_of(plan, of)
        landing.put(
            Sending(PLANT, "pool_unit", (start + HOLD_DAYS, end + 2 * HOLD_DAYS)),
            {
                "pool_number": numbers(pool),
                "unit": donations.unit_numbers(plan, of, place),
                "volume_ml": amounts(ml, 0),
            },
        )
        # No hold and no donor's status is asked of recovered plasma here.
        source = int((donor_of(plan, of)[1] != RECOVERED).sum())
        for rule, recovered in (
            ("D07.pooled", PASS),
            ("U01", PASS),
            ("D09", NOT_APPLICABLE),
            ("D10", NOT_APPLICABLE),
        ):
            landing.ledger.tally(rule, PASS, source)
            landing.ledger.tally(rule, recovered, len(of) - source)
    pool = np.arange(plan.pools)
    for rule in ("P03", "P04.pool", "P04.taken"):
        landing.ledger.tally(rule, PASS, plan.pools)
    landing.put(
        Sending(PLANT, "pool", (HOLD_DAYS, clock.END)),
        {
            "pool_number": numbers(pool),
            "pooled_at": clock.instants(pooled(plan, pool), zone_of(PLANT)),
            "volume_l": amounts(volumes(plan), 3),
        },
    )


def _events(plan: Plan, landing: Landing) -> None:
    """A few units were held, as a paper was missing when they came, and let go later."""
    for donation, (start, end) in donations.blocks(plan):
        of, place, _ = donations.units(plan, donation[donation % HELD == 4])
        if not len(of):
            continue
        event, unit = np.tile([0, 1], len(of)), np.repeat(of, 2)
        at = donations.collected(plan, unit) + np.where(event == 0, 2, 12) * clock.DAY
        landing.put(
            Sending(PLANT, "unit_event", (start + 2, end + 13)),
            {
                "unit": donations.unit_numbers(plan, unit, np.repeat(place, 2)),
                "event": joined(b"UE-", digits(event + 1, 1)),
                "kind": picked(("held", "let_go"), event),
                "at": clock.instants(at, zone_of(PLANT)),
                "reason": picked(("a paper is missing", "the paper has come"), event),
            },
        )
