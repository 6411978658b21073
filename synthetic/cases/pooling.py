"""Cases of the rules on units in pools and on pools."""

from synthetic.cases.units import event, own_unit
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases
from synthetic.world.parties import CASE_PLANT, LAX_CENTRE

NOT_POOLED_YET = "D09=pending D10=pending U01=pending"


def all_of(cases: Cases) -> None:
    """Every case once."""
    held_long_enough(cases)
    qualified(cases)
    events(cases)


def held_long_enough(cases: Cases) -> None:
    """Pooled on the sixtieth day, a day before, on a day or in a pool untold; without a limit."""
    for days, outcome in ((60, "pass"), (59, "finding")):
        cases.pool({own_unit(cases): f"D09={outcome}"}, day=DAY + days)
    # Without its day all that is asked of its units waits.
    undated = "pooled_at= found=pool.pooled_at.present"
    cases.pool({own_unit(cases): NOT_POOLED_YET}, "P03=pending", undated)
    number = f"POOL-Z{cases.new()}"
    cases.pooled(number, own_unit(cases), NOT_POOLED_YET, parked=("pool",))
    cases.seeder.ledger.descendants(CASE_PLANT, number, [])
    lax = cases.donation(cases.donor(), told=f"centre={LAX_CENTRE}")
    unit = cases.unit(lax, f"{POOLED_UNIT} D08=not_applicable")
    cases.pool({unit: "D07.pooled=pending D09=not_applicable"})


def qualified(cases: Cases) -> None:
    """By the donor's last row before pooling; by none; recovered plasma is not asked for it."""
    for status, as_of, outcome in (
        ("deferred", POOLED, "finding"),
        ("applicant", POOLED - 1, "finding"),
        ("deferred", POOLED + 1, "pass"),
    ):
        donor = cases.donor()
        cases.standing(donor, status, as_of)
        cases.pool({cases.unit(cases.donation(donor), POOLED_UNIT): f"D10={outcome}"})
    twice = cases.donor()
    for status, as_of in (("qualified", POOLED - 5), ("deferred", POOLED - 6)):
        cases.standing(twice, status, as_of)
    cases.pool({cases.unit(cases.donation(twice), POOLED_UNIT): ""})
    late = cases.donor(as_of=POOLED + 1)
    cases.pool({cases.unit(cases.donation(late), POOLED_UNIT): "D10=pending"})
    recovered = cases.donation(cases.donor(status="applicant"), told="plasma_kind=recovered")
    unit = cases.unit(recovered, f"{POOLED_UNIT} D08=not_applicable")
    cases.pool({unit: "D07.pooled=pending D09=not_applicable D10=not_applicable"})


def events(cases: Cases) -> None:
    """Held; let go in time; held once more; held later; destroyed or given away before."""
    stories = (
        ({"held": DAY + 9}, "finding"),
        ({"held": DAY + 9, "let_go": DAY + 20}, "pass"),
        ({"held": POOLED + 1}, "pass"),
        ({"destroyed": DAY + 9}, "finding"),
        ({"other_use": DAY + 9}, "finding"),
        ({"destroyed": POOLED + 1}, "pass"),
        ({"let_go": DAY + 9, "held": DAY + 20}, "finding"),
    )
    for story, outcome in stories:
        unit = own_unit(cases)
        for kind, day in story.items():
            event(cases, unit, kind, day)
        cases.pool({unit: f"U01={outcome}"})


def pool_volumes(cases: Cases) -> None:
    """Two per cent off, more than two, nobody says how much, and no unit is told."""
    for litres, outcome in (("1.020", "pass"), ("1.021", "finding"), ("", "pending")):
        cases.pool({own_unit(cases): ""}, f"P04.pool={outcome}", f"volume_l={litres}")
    cases.pool({}, "P04.pool=pending", "volume_l=1.000")
