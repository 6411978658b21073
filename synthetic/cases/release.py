"""Cases of the rules on packed lots: donors, and tests; and of lots that come round."""

from collections.abc import Sequence

from synthetic.cases import law
from synthetic.cases.screening_pools import UNKNOWN as UNKNOWN_UNIT
from synthetic.cases.seeded import Node
from synthetic.cases.told import tables
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases, noon
from synthetic.world.making import BULK, DRIED, EDGE, EXTERNAL, PACKED
from synthetic.world.parties import CASE_PLANT, LABORATORY, PLANT, SUPPLIER, gs1

MADE = POOLED + 14
FINE = "ph value=6.8 value_unit=pH"
TESTED = tables("release", FINE=FINE)["tested"]
LONE = "P01=pending P02=pass S02=pending V06=pending"  # a packed lot of which nothing is told
UNKNOWN = f"{LONE} P02=pending"


def all_of(cases: Cases) -> None:
    """Every case once."""
    donors(cases)
    products(cases)
    tests(cases)
    taken(cases)


def lot(cases: Cases, step: str, answers: str = "", told: str = "") -> Node:
    """One lot of the plant."""
    number = f"Z25-{cases.new()}"
    return lot_of(cases, number, step, answers, told)


def lot_of(cases: Cases, number: str, step: str, answers: str = "", told: str = "") -> Node:
    """A step of a lot that has a number."""
    cases.put(
        "lot",
        f"""manufacturer={PLANT} lot_number={number} step={step} product=IVIG-10G market=DE
        amount=12.000 amount_unit=kg made_at={noon(MADE)} expires_on=2027-08-20 {told}""",
        answers,
    )
    return PLANT, number, step


def packed(cases: Cases, answers: str, told: str = "") -> Node:
    """A packed lot."""
    return lot(cases, PACKED, f"{LONE} {answers}", f"gtin={law.GTIN} {told}")


def became(cases: Cases, parent: Node, child: Node, amount: str = "1", unit: str = "kg") -> None:
    """What went into a lot."""
    both = dict(zip(EDGE, (*child, *parent), strict=True))
    cases.seeder.row("lot_input", {**both, "amount": amount, "amount_unit": unit}, {})


def taken(cases: Cases) -> None:
    """Two per cent more than a pool holds, and more than that."""
    for litres, outcome in (("1.020", "pass"), ("1.021", "finding")):
        out = lot(cases, BULK)
        became(cases, _pool(cases, [cases.donor()], [out], taken=outcome), out, litres, "L")


def _pool(
    cases: Cases,
    givers: Sequence[str],
    into: Sequence[Node],
    *,
    unknown: bool = False,
    taken: str = "pending",
) -> Node:
    """A pool of a unit of each donor, given on different days, which became these lots."""
    # On days apart, so that two keys of one person are not asked for their interval.
    given = [cases.donation(giver, DAY - 10 * number) for number, giver in enumerate(givers)]
    units = [cases.unit(donation, POOLED_UNIT) for donation in given]
    # What is weighed says no volume.
    number = cases.pool(dict.fromkeys(units, ""), f"P04.taken={taken}", into=into)
    # A unit that nobody knows may be one more donor's, or of one of these.
    if unknown:
        unit = f"UNITZ-{cases.new()}"
        cases.pooled(number, unit, UNKNOWN_UNIT, "volume_ml=1", parked=("unit",))
    return CASE_PLANT, number, "pool"


def donors(cases: Cases) -> None:
    """Too few, enough, too many; two keys of one; in two pools; not all known; bought paste."""
    for many, answers in (
        (1, "P01=finding"),
        (2, "P01=pass"),
        (3, "P01=pass"),
        (4, "P01=pass P02=notice"),
    ):
        out = packed(cases, answers)
        became(cases, _pool(cases, [cases.donor() for _ in range(many)], [out]), out)
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    out = packed(cases, "P01=finding")
    became(cases, _pool(cases, [one, other], [out]), out)
    out = packed(cases, "P01=pass")
    for _ in range(2):
        became(cases, _pool(cases, [cases.donor()], [out]), out)
    out = packed(cases, "P01=pending")
    became(cases, _pool(cases, [cases.donor()], [out], unknown=True), out)
    for answers, pooled in (("P01=not_applicable", False), ("P01=finding", True)):
        out = packed(cases, answers)
        became(cases, _bought(cases), out)
        if pooled:
            became(cases, _pool(cases, [cases.donor()], [out]), out)


def _bought(cases: Cases) -> Node:
    number = f"EXZ-{cases.new()}"
    row = f"supplier={SUPPLIER} lot_number={number} kind=paste donor_data_holder={SUPPLIER}"
    cases.put("external_lot", row)
    return SUPPLIER, number, EXTERNAL


def products(cases: Cases) -> None:
    """No most donors, no such product, no GTIN, no day."""
    packed(cases, "P02=not_applicable", f"gtin={law.LAX_GTIN}")
    packed(cases, UNKNOWN, f"gtin={gs1('0409777699999')}")
    packed(cases, UNKNOWN, "gtin= found=R01.lot.named")
    packed(cases, UNKNOWN, "made_at= found=lot.made_at.present")
    packed(cases, "S02=pending", f"gtin={law.BARE_GTIN}")


def tests(cases: Cases) -> None:
    """What was tested of a lot; and a test that failed in its first run."""
    for outcome, *told in TESTED:
        out = packed(cases, f"S02={outcome}")
        dried = lot_of(cases, out[1], DRIED)
        for place, one in enumerate(told):
            test(cases, dried if place else out, one)
    out = packed(cases, "S02=finding")
    test(cases, out, "sterility run=1 conclusion=failed found=S01.conclusion")
    test(cases, out, "sterility run=2 conclusion=passed")
    test(cases, out, FINE)


def test(cases: Cases, of: Node, told: str) -> None:
    """One test of a lot, and what is told of it."""
    name, _, more = told.partition(" ")
    cases.put(
        "lot_test",
        f"""manufacturer={of[0]} lot_number={of[1]} step={of[2]} test={name} run=1
        conclusion=passed laboratory={LABORATORY} tested_at={noon(MADE + 1)} status=final {more}""",
    )


def round_about(cases: Cases) -> None:
    """Reworked into what it was made of; and under its own number, which is no other."""
    one, other = lot(cases, BULK), lot(cases, DRIED)
    became(cases, one, other)
    became(cases, other, one)
    for node in (one, other):
        cases.seeder.ledger.looped(node)
    # Under its own number it is no other lot: what is reworked so does not go round.
    alone = lot(cases, BULK)
    became(cases, alone, alone)
