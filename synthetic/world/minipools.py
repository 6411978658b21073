"""Samples mixed for testing: sixteen donations in a minipool, eight of these in a larger one, which
is tested.
"""

import numpy as np

from synthetic.world import clock, donations
from synthetic.world.draws import Ints
from synthetic.world.parties import LABORATORY, zone_of
from synthetic.world.plan import Plan, day_of
from synthetic.writing.columns import Texts, digits, joined, same
from synthetic.writing.landing import Landing, Sending

SAMPLES = 16  # donations in a minipool
MINIPOOLS = 8  # of these in a larger one
TESTED = SAMPLES * MINIPOOLS


def numbers(minipool: Ints) -> Texts:
    """Minipools' numbers."""
    return joined(b"MP25-", digits(minipool, 8))


def larger(number: Ints) -> Texts:
    """The numbers of minipools of minipools."""
    return joined(b"MM25-", digits(number, 7))


def complete(plan: Plan, donation: Ints, size: int) -> Ints:
    """Of groups of so many donations, those whose last one is among these."""
    group = np.unique(donation // size)
    last = last_of(plan, group, size)
    # A group is told in the block of its last donation, and so once.
    return np.asarray(group[(last >= donation[0]) & (last <= donation[-1])])


def last_of(plan: Plan, group: Ints, size: int) -> Ints:
    """The last donation of each group of so many."""
    return np.minimum(group * size + size, plan.donations) - 1


def mixed(plan: Plan, group: Ints, size: int) -> Ints:
    """When each group was mixed: the evening after its last donation."""
    return (day_of(plan, last_of(plan, group, size)) + 1) * clock.DAY + 18 * clock.HOUR


def send(plan: Plan, landing: Landing) -> None:
    """The members of minipools for each period, then those of the larger ones."""
    for donation, (start, end) in donations.blocks(plan):
        days = (start, end + 5)
        landing.put(
            Sending(LABORATORY, "minipool_member", days),
            _rows(
                numbers(donation // SAMPLES),
                "donation",
                donations.numbers(plan, donation),
                mixed(plan, donation // SAMPLES, SAMPLES),
            ),
        )
        minipool = complete(plan, donation, SAMPLES)
        if len(minipool):
            landing.put(
                Sending(LABORATORY, "minipool_member", days),
                _rows(
                    larger(minipool // MINIPOOLS),
                    "minipool",
                    numbers(minipool),
                    mixed(plan, minipool // MINIPOOLS, TESTED),
                ),
            )


def _rows(minipool: Texts, kind: str, member: Texts, at: Ints) -> dict[str, Texts]:
    rows = len(at)
    return {
        "minipool": minipool,
        "member_kind": same(kind, rows),
        "member": member,
        "mixed_at": clock.instants(at, zone_of(LABORATORY)),
    }
