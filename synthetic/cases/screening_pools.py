"""Cases of the rules on what was looked for in the donations of a pool, and in the pool."""

from synthetic.cases import law
from synthetic.cases.told import tables
from synthetic.cases.units import own_unit
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases
from synthetic.world import clock
from synthetic.world.parties import LAWLESS_PLANT

UNKNOWN = "D07.pooled=pending D09=pending D10=pending"  # of a unit of which no donation is known


def screened(cases: Cases) -> None:
    """A unit of a reactive donation, a once reactive donor, one not yet tested, and of none."""
    reactive = cases.donation(cases.donor(), DAY, "D07=finding")
    cases.result(reactive, "HBsAg", "reactive")
    donor = cases.donor()
    cases.result(donor, "HBsAg", "reactive", "donor", day=DAY - 5)
    earlier = cases.donation(donor, DAY, "D07.earlier=finding")
    due = f"D07=pending:{clock.day(DAY + law.TERMS['HBsAg'])}"
    untested = cases.donation(cases.donor(), DAY, due, without=("HBsAg",))
    for number, outcome in ((reactive, "finding"), (earlier, "finding"), (untested, "pending")):
        cases.pool({cases.unit(number, POOLED_UNIT): f"D07.pooled={outcome}"})
    unknown = cases.pool({}, "P04.pool=pass", "volume_l=1.000")
    cases.pooled(unknown, f"UNITZ-{cases.new()}", UNKNOWN, parked=("unit",))


def _waits(*markers: str) -> str:
    # Of several that are missing, the last term is the one that is waited for.
    longest = max(law.POOL_TERMS[marker] for marker in markers)
    return f"P03=pending:{clock.day(POOLED + longest)}"


MARKERS = tables("screening_pools", WAITS=_waits("B19V-NAT"))["markers"]


def pool_markers(cases: Cases) -> None:
    """What was found of a virus; a marker that is reactive, or missing; and no law."""
    for answers, told in MARKERS:
        number = cases.pool({own_unit(cases): ""}, answers, without=("B19V-NAT",))
        cases.result(number, "B19V-NAT", "nonreactive", "pool", told, day=POOLED + 1)
    number = cases.pool({own_unit(cases): ""}, "P03=finding")
    cases.result(number, "HBsAg", "reactive", "pool", day=POOLED + 1)
    for markers in (("HBsAg",), ("HBsAg", "B19V-NAT")):
        cases.pool({own_unit(cases): ""}, _waits(*markers), without=markers)
    cases.pool({own_unit(cases): ""}, "P03=pending", f"plant={LAWLESS_PLANT}")
