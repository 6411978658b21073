"""Cases of the rules on plasma units."""

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING
from synthetic.cases.world import DAY, POOLED_UNIT, UNPOOLED, Cases, Told, noon
from synthetic.world.parties import LAX_CENTRE, PLANT


def all_of(cases: Cases) -> None:
    """Every case once."""
    storage(cases)
    draws(cases)


def own_unit(cases: Cases, told: Told = POOLED_UNIT, day: int = DAY, **changed: str) -> str:
    """A unit of a donation of its own."""
    return cases.unit(cases.donation(cases.donor(), day), told, **changed)


def storage(cases: Cases) -> None:
    """Warmer than allowed: for a short time, for longer, by too much, or relabelled; and a law
    without a limit.
    """
    for warmest, hours, outcome in (
        ("-20", "0", PASS),
        ("-19.5", "72", NOTICE),
        ("-5", "1", NOTICE),
        ("-19.5", "72.5", FINDING),
        ("-4.9", "1", FINDING),
        ("", "0", PENDING),
    ):
        own_unit(cases, {**UNPOOLED, "D08": outcome}, storage_max_c=warmest, above_limit_h=hours)
    relabelled = own_unit(cases, {**UNPOOLED, "D08": NOTICE}, storage_max_c="4", above_limit_h="80")
    event(cases, relabelled, "relabelled", DAY + 3)
    lax = cases.donation(cases.donor(), centre=LAX_CENTRE)
    cases.unit(lax, {**UNPOOLED, "D08": NOT_APPLICABLE}, storage_max_c="4")


def draws(cases: Cases) -> None:
    """More than there was in it, in one pool or in two; just all of it; nobody says how much."""
    drawn = {**POOLED_UNIT, "P04.draw": FINDING}
    _pooled(cases, own_unit(cases, drawn), "1000.5", volume_l="1.000")
    unit = own_unit(cases, {**drawn, "P05": FINDING})
    for volume in ("600", "600"):
        _pooled(cases, unit, volume, volume_l="0.600", findings=True)
    unit = own_unit(cases, {**POOLED_UNIT, "P05": FINDING})
    for volume in ("400", "600"):
        _pooled(cases, unit, volume, volume_l=f"0.{volume}", findings=True)
    _pooled(
        cases,
        own_unit(cases, {**POOLED_UNIT, "P04.draw": PENDING}, volume_ml=""),
        "1000",
        volume_l="1.000",
    )
    _pooled(
        cases,
        own_unit(cases, {**POOLED_UNIT, "P04.draw": PENDING}),
        "",
        {"P04.pool": PENDING},
        volume_l="1.000",
    )


def _pooled(
    cases: Cases,
    unit: str,
    volume: str,
    told: Told | None = None,
    *,
    volume_l: str,
    findings: bool = False,
) -> None:
    """A pool of one unit of which so much was taken."""
    pool = cases.pool({}, told, volume_l=volume_l, findings=("P02.volume",) if findings else ())
    cases.pooled(pool, unit, volume=volume)


def event(cases: Cases, unit: str, kind: str, day: int) -> None:
    """What happened to a unit on a day."""
    cases.put(
        "unit_event",
        {
            "unit": unit,
            "event": f"UEZ-{cases.new()}",
            "kind": kind,
            "at": noon(day),
            "party": PLANT,
            "reason": "made up",
        },
    )
