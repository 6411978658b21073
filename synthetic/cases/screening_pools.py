"""Cases of the rules on what was looked for in pools, and in the donations of their units."""

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, PASS, PENDING
from synthetic.cases.units import own_unit
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases, Told
from synthetic.world import clock
from synthetic.world.parties import LAWLESS_PLANT

# Of a unit of which no donation is known.
UNKNOWN = {
    "D07.pooled": PENDING,
    "D09": PENDING,
    "D10": PENDING,
}
APART = (
    {"value": "4.2", "value_unit": "log10 IU/mL"},
    {"value": "20", "value_unit": ""},
    {"value": "50000", "operator": "<"},
    {"value": "20", "operator": ">"},
    {"value": "9", "value_unit": "cp/mL"},
)


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
        number = cases.pool({own_unit(cases): {}}, told, markers=("B19V-NAT",))
        row = {"value_unit": "IU/mL", **value} if "value" in value else value
        cases.result(number, "B19V-NAT", "nonreactive", "pool", day=POOLED + 1, row=row)
    number = cases.pool({own_unit(cases): {}}, found)
    cases.result(number, "HBsAg", "reactive", "pool", day=POOLED + 1)
    for markers in (("HBsAg",), ("HBsAg", "B19V-NAT")):
        cases.pool({own_unit(cases): {}}, _waits(*markers), markers=markers)
    cases.pool({own_unit(cases): {}}, {"P03": PENDING}, plant=LAWLESS_PLANT)


def _waits(*markers: str) -> Told:
    longest = max(cases_law.POOL_TERMS[marker] for marker in markers)
    return {"P03": f"{PENDING} {clock.day(POOLED + longest)}"}
