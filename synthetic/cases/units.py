"""Cases of the rules on plasma units: how warm they were, and how much was taken of them."""

from synthetic.cases.told import tables
from synthetic.cases.world import DAY, POOLED_UNIT, UNPOOLED, Cases, noon
from synthetic.world.parties import LAX_CENTRE, PLANT

STORAGE = tables("units")["storage"]
LITTLE = "volume_l=0.600 found=P02.volume"  # less than a litre is no pool by itself


def all_of(cases: Cases) -> None:
    """Every case once."""
    storage(cases)
    draws(cases)


def own_unit(cases: Cases, answers: str = "", told: str = "") -> str:
    """A unit that is pooled, of a donation of its own."""
    return cases.unit(cases.donation(cases.donor()), f"{POOLED_UNIT} {answers}", told)


def storage(cases: Cases) -> None:
    """Warmer than allowed; relabelled; and a law without a limit."""
    for outcome, told in STORAGE:
        own_unit(cases, f"{UNPOOLED} D08={outcome}", told)
    relabelled = own_unit(cases, f"{UNPOOLED} D08=notice", "storage_max_c=4 above_limit_h=80")
    event(cases, relabelled, "relabelled", DAY + 3)
    lax = cases.donation(cases.donor(), told=f"centre={LAX_CENTRE}")
    cases.unit(lax, f"{UNPOOLED} D08=not_applicable", "storage_max_c=4")


def draws(cases: Cases) -> None:
    """More than there was in it, in one pool or in two; just all of it; nobody says how much."""
    _pooled(cases, own_unit(cases, "P04.draw=finding"), "1000.5", "volume_l=1.000")
    unit = own_unit(cases, "P04.draw=finding P05=finding")
    for volume in ("600", "600"):
        _pooled(cases, unit, volume, LITTLE)
    # Together just what it held, and yet in two pools.
    unit = own_unit(cases, "P05=finding")
    for volume in ("400", "600"):
        _pooled(cases, unit, volume, LITTLE.replace("600", volume))
    _pooled(cases, own_unit(cases, "P04.draw=pending", "volume_ml="), "1000", "volume_l=1.000")
    _pooled(cases, own_unit(cases, "P04.draw=pending"), "", "volume_l=1.000", "P04.pool=pending")


def _pooled(cases: Cases, unit: str, ml: str, told: str, answers: str = "") -> None:
    """A pool of one unit of which so much was taken."""
    pool = cases.pool({}, answers, told)
    cases.pooled(pool, unit, told=f"volume_ml={ml}")


def event(cases: Cases, unit: str, kind: str, day: int) -> None:
    """What happened to a unit on a day."""
    of = f"unit={unit} event=UEZ-{cases.new()} kind={kind} at={noon(day)}"
    cases.put("unit_event", f"{of} party={PLANT} reason='made up'")
