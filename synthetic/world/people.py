"""Donors: opaque keys, frequent and rare ones, as each centre sees them."""

import numpy as np

from synthetic.world import clock
from synthetic.world.draws import Ints
from synthetic.world.parties import CENTRES
from synthetic.world.plan import Plan
from synthetic.writing.columns import Texts, amounts, joined, opaque, picked, same
from synthetic.writing.landing import Landing, Sending

ROWS = 190_000  # in one file, at most
HALF_YEAR = (0, 181)
SECOND_LOOK = 90  # the day of the second row, after the four-month sample
SEXES = ("F", "M")


def keys(plan: Plan, donor: Ints) -> Texts:
    """Donors' opaque keys."""
    return joined(b"D-", opaque(plan.draws.words("donor", donor)))


def key(plan: Plan, donor: int) -> str:
    """One donor's key."""
    return str(keys(plan, np.array([donor]))[0].as_py())


def centre_of(donor: Ints) -> Ints:
    """The number of the centre to which each donor goes."""
    return donor % len(CENTRES)


def weight(plan: Plan, donor: Ints) -> Ints:
    """Each donor's weight in tenths of a kilogram: 52 to 115 kg."""
    return (
        520 + plan.draws.below("weight", donor, 316) + plan.draws.below("weight more", donor, 316)
    )


def sex(plan: Plan, donor: Ints) -> Ints:
    """0 for F, 1 for M."""
    return plan.draws.below("sex", donor, 2)


def send(plan: Plan, landing: Landing) -> None:
    """Every donor as of the first of January; one in eight again in spring."""
    for number, centre in enumerate(CENTRES):
        everyone = np.arange(number, plan.donors, len(CENTRES))
        again = everyone[plan.draws.below("again", everyone, 8) == 0]
        donor, as_of = (
            np.concatenate([everyone, again]),
            np.repeat([0, SECOND_LOOK], [len(everyone), len(again)]),
        )
        for at in range(0, len(donor), ROWS):
            part = slice(at, at + ROWS)
            landing.put(
                Sending(centre, "donor", HALF_YEAR), _rows(plan, centre, donor[part], as_of[part])
            )


def _rows(plan: Plan, centre: str, donor: Ints, as_of: Ints) -> dict[str, Texts]:
    # No longer ago than any law asks for at the last donation.
    before = plan.draws.below("examined", donor, 80)
    return {
        "donor_key": keys(plan, donor),
        "as_of": clock.days(as_of),
        "centre": same(centre, len(donor)),
        "sex": picked(SEXES, sex(plan, donor)),
        "qualified_on": clock.days(-60 - before),
        "examined_on": clock.days(as_of - before),
        "four_month_sample_on": clock.days(as_of - before // 2),
    }


def weights(plan: Plan, donor: Ints) -> Texts:
    """Each donor's weight in kilograms."""
    return amounts(weight(plan, donor), 1)
