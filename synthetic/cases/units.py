"""Cases of the rules on plasma units, on units in pools and on pools."""

from collections.abc import Mapping

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, UNPOOLED, Cases, Told, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_PLANT, LAWLESS_PLANT, LAX_CENTRE, PLANT

# Of a unit of which no donation is known.
UNKNOWN = {
    "D07.pooled": PENDING,
    "D09": PENDING,
    "D10": PENDING,
}
NOT_POOLED_YET = {"D09": PENDING, "D10": PENDING, "U01": PENDING}


def all_of(cases: Cases) -> None:
    """Every case once."""
    storage(cases)
    draws(cases)
    screened(cases)
    held_long_enough(cases)
    qualified(cases)
    events(cases)
    pool_markers(cases)
    pool_volumes(cases)


def _unit(cases: Cases, told: Told = POOLED_UNIT, day: int = DAY, **changed: str) -> str:
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
        _unit(cases, {**UNPOOLED, "D08": outcome}, storage_max_c=warmest, above_limit_h=hours)
    relabelled = _unit(cases, {**UNPOOLED, "D08": NOTICE}, storage_max_c="4", above_limit_h="80")
    _event(cases, relabelled, "relabelled", DAY + 3)
    lax = cases.donation(cases.donor(), centre=LAX_CENTRE)
    cases.unit(lax, {**UNPOOLED, "D08": NOT_APPLICABLE}, storage_max_c="4")


def draws(cases: Cases) -> None:
    """More than there was in it, in one pool or in two; just all of it; nobody says how much."""
    drawn = {**POOLED_UNIT, "P04.draw": FINDING}
    _pooled(cases, _unit(cases, drawn), "1000.5", volume_l="1.000")
    unit = _unit(cases, {**drawn, "P05": FINDING})
    for volume in ("600", "600"):
        _pooled(cases, unit, volume, volume_l="0.600", findings=True)
    unit = _unit(cases, {**POOLED_UNIT, "P05": FINDING})
    for volume in ("400", "600"):
        _pooled(cases, unit, volume, volume_l=f"0.{volume}", findings=True)
    _pooled(
        cases,
        _unit(cases, {**POOLED_UNIT, "P04.draw": PENDING}, volume_ml=""),
        "1000",
        volume_l="1.000",
    )
    _pooled(
        cases,
        _unit(cases, {**POOLED_UNIT, "P04.draw": PENDING}),
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


def screened(cases: Cases) -> None:
    """A unit of a reactive donation, of a donor who had been reactive, of one not yet tested, and
    of none.
    """
    reactive = cases.donation(cases.donor(), told={"D07": FINDING})
    cases.result(reactive, "HBsAg", "reactive")
    donor = cases.donor()
    cases.result(donor, "HBsAg", "reactive", "donor", day=DAY - 5)
    earlier = cases.donation(donor, told={"D07.earlier": FINDING})
    due = f"{PENDING} {clock.day(DAY + cases_law.TERMS['HBsAg'])}"
    untested = cases.donation(cases.donor(), told={"D07": due}, markers=("HBsAg",))
    for number, outcome in ((reactive, FINDING), (earlier, FINDING), (untested, PENDING)):
        cases.pool({cases.unit(number, POOLED_UNIT): {"D07.pooled": outcome}})
    unknown = cases.pool({}, {"P04.pool": PASS}, volume_l="1.000")
    cases.pooled(unknown, f"UNITZ-{cases.new()}", UNKNOWN, parked=("unit",))


def held_long_enough(cases: Cases) -> None:
    """Pooled on the sixtieth day, a day before, on a day or in a pool that nobody tells; and
    without a limit.
    """
    for days, outcome in ((60, PASS), (59, FINDING)):
        cases.pool({_unit(cases): {"D09": outcome}}, day=DAY + days)
    cases.pool(
        {_unit(cases): NOT_POOLED_YET},
        {"P03": PENDING},
        pooled_at="",
        findings=("pool.pooled_at.present",),
    )
    number = f"POOL-Z{cases.new()}"
    cases.pooled(number, _unit(cases), NOT_POOLED_YET, parked=("pool",))
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


def _event(cases: Cases, unit: str, kind: str, day: int) -> None:
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
        unit = _unit(cases)
        for kind, day in story.items():
            _event(cases, unit, kind, day)
        cases.pool({unit: {"U01": outcome}})


APART = (
    {"value": "4.2", "value_unit": "log10 IU/mL"},
    {"value": "20", "value_unit": ""},
    {"value": "50000", "operator": "<"},
    {"value": "20", "operator": ">"},
    {"value": "9", "value_unit": "cp/mL"},
)


def _waits(*markers: str) -> Told:
    longest = max(cases_law.POOL_TERMS[marker] for marker in markers)
    return {"P03": f"{PENDING} {clock.day(POOLED + longest)}"}


def pool_markers(cases: Cases) -> None:
    """Over a limit, at it, on a side of it, apart from it, reactive where nothing is let pass,
    missing, and no law.
    """
    found = {"P03": FINDING}
    for told, value in (
        ({}, {"value": "10000"}),
        (found, {"value": "10000.5"}),
        (found, {"value": "12000"}),
        ({}, {"value": "9000", "interpretation": "reactive"}),
        (found, {"value": "10000", "operator": ">"}),
        (found, {"interpretation": "reactive"}),
        ({}, {"value": "<20"}),
        (found, {"value": "10.5", "value_unit": "iu/uL"}),
        *((_waits("B19V-NAT"), apart) for apart in APART),
    ):
        number = cases.pool({_unit(cases): {}}, told, markers=("B19V-NAT",))
        row = {"value_unit": "IU/mL", **value} if "value" in value else value
        cases.result(number, "B19V-NAT", "nonreactive", "pool", day=POOLED + 1, row=row)
    number = cases.pool({_unit(cases): {}}, found)
    cases.result(number, "HBsAg", "reactive", "pool", day=POOLED + 1)
    for markers in (("HBsAg",), ("HBsAg", "B19V-NAT")):
        cases.pool({_unit(cases): {}}, _waits(*markers), markers=markers)
    cases.pool({_unit(cases): {}}, {"P03": PENDING}, plant=LAWLESS_PLANT)


def pool_volumes(cases: Cases) -> None:
    """Two per cent off, more than two, nobody says how much, and no unit is told."""
    for litres, outcome in (("1.020", PASS), ("1.021", FINDING), ("", PENDING)):
        cases.pool({_unit(cases): {}}, {"P04.pool": outcome}, volume_l=litres)
    cases.pool({}, {"P04.pool": PENDING}, volume_l="1.000")
