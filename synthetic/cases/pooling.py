"""Cases of the rules on pools and the units in them."""

from collections.abc import Mapping

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING
from synthetic.cases.units import event, own_unit
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases
from synthetic.world.parties import (
    CASE_PLANT,
    LAX_CENTRE,
)

NOT_POOLED_YET = {"D09": PENDING, "D10": PENDING, "U01": PENDING}


def all_of(cases: Cases) -> None:
    """Every case once."""
    held_long_enough(cases)
    qualified(cases)
    events(cases)


def held_long_enough(cases: Cases) -> None:
    """Pooled on the sixtieth day, a day before, on a day or in a pool that nobody tells; and
    without a limit.
    """
    for days, outcome in ((60, PASS), (59, FINDING)):
        cases.pool({own_unit(cases): {"D09": outcome}}, day=DAY + days)
    cases.pool(
        {own_unit(cases): NOT_POOLED_YET},
        {"P03": PENDING},
        pooled_at="",
        findings=("pool.pooled_at.present",),
    )
    number = f"POOL-Z{cases.new()}"
    cases.pooled(number, own_unit(cases), NOT_POOLED_YET, parked=("pool",))
    cases.seeder.ledger.descendants(CASE_PLANT, number, [])
    lax = cases.unit(
        cases.donation(cases.donor(), centre=LAX_CENTRE), {**POOLED_UNIT, "D08": NOT_APPLICABLE}
    )
    cases.pool({lax: {"D07.pooled": PENDING, "D09": NOT_APPLICABLE}})


def qualified(cases: Cases) -> None:
    """What the donor's last row before pooling says; nothing before it; recovered plasma is not
    asked for it.
    """
    for status, as_of, outcome in (
        ("deferred", POOLED, FINDING),
        ("applicant", POOLED - 1, FINDING),
        ("deferred", POOLED + 1, PASS),
    ):
        donor = cases.donor()
        cases.standing(donor, status, as_of)
        cases.pool({cases.unit(cases.donation(donor), POOLED_UNIT): {"D10": outcome}})
    twice = cases.donor()
    for status, as_of in (("qualified", POOLED - 5), ("deferred", POOLED - 6)):
        cases.standing(twice, status, as_of)
    cases.pool({cases.unit(cases.donation(twice), POOLED_UNIT): {}})
    late = cases.donor(as_of=POOLED + 1)
    cases.pool({cases.unit(cases.donation(late), POOLED_UNIT): {"D10": PENDING}})
    recovered = cases.donation(cases.donor(status="applicant"), plasma_kind="recovered")
    told = {"D07.pooled": PENDING, "D09": NOT_APPLICABLE, "D10": NOT_APPLICABLE}
    cases.pool({cases.unit(recovered, {**POOLED_UNIT, "D08": NOT_APPLICABLE}): told})


def events(cases: Cases) -> None:
    """Held and not let go, let go in time, held once more, held later; destroyed or given away
    before.
    """
    stories: tuple[tuple[Mapping[str, int], str], ...] = (
        ({"held": DAY + 9}, FINDING),
        ({"held": DAY + 9, "let_go": DAY + 20}, PASS),
        ({"held": POOLED + 1}, PASS),
        ({"destroyed": DAY + 9}, FINDING),
        ({"other_use": DAY + 9}, FINDING),
        ({"destroyed": POOLED + 1}, PASS),
        ({"let_go": DAY + 9, "held": DAY + 20}, FINDING),
    )
    for story, outcome in stories:
        unit = own_unit(cases)
        for kind, day in story.items():
            event(cases, unit, kind, day)
        cases.pool({unit: {"U01": outcome}})


def pool_volumes(cases: Cases) -> None:
    """Two per cent off, more than two, nobody says how much, and no unit is told."""
    for litres, outcome in (("1.020", PASS), ("1.021", FINDING), ("", PENDING)):
        cases.pool({own_unit(cases): {}}, {"P04.pool": outcome}, volume_l=litres)
    cases.pool({}, {"P04.pool": PENDING}, volume_l="1.000")
