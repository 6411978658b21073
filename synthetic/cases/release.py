"""Cases of the rules on packed lots: how many donors, and which tests; and on lots that
come round.
"""

from collections.abc import Mapping, Sequence

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, Node
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases, Told, noon
from synthetic.world.making import BULK, DRIED, EXTERNAL, PACKED
from synthetic.world.parties import CASE_PLANT, LABORATORY, PLANT, SUPPLIER, gs1

MADE = POOLED + 14
# Of a packed lot of which nothing is told.
LONE: Told = {
    "P01": PENDING,
    "P02": PASS,
    "S02": PENDING,
    "V06": PENDING,
}
UNKNOWN: Told = dict.fromkeys(LONE, PENDING)


def all_of(cases: Cases) -> None:
    """Every case once."""
    donors(cases)
    products(cases)
    tests(cases)


def lot(
    cases: Cases,
    step: str,
    told: Told | None = None,
    *,
    number: str = "",
    gtin: str = "",
    findings: Sequence[str] = (),
    **changed: str,
) -> Node:
    """One lot of the plant."""
    node = PLANT, number or f"Z25-{cases.new()}", step
    cases.put(
        "lot",
        {
            "manufacturer": PLANT,
            "lot_number": node[1],
            "step": step,
            "product": "IVIG-10G",
            "gtin": gtin,
            "market": "DE",
            "amount": "12.000",
            "amount_unit": "kg",
            "made_at": noon(MADE),
            "expires_on": "2027-08-20",
            **changed,
        },
        told,
        findings=findings,
    )
    return node


def packed(
    cases: Cases,
    told: Told,
    gtin: str = cases_law.GTIN,
    *,
    findings: Sequence[str] = (),
    **changed: str,
) -> Node:
    """A packed lot."""
    return lot(cases, PACKED, {**LONE, **told}, gtin=gtin, findings=findings, **changed)


def became(cases: Cases, parent: Node, child: Node) -> None:
    """What went into a lot."""
    names = ("manufacturer", "lot_number", "step", "from_manufacturer", "from_number", "from_step")
    cases.put(
        "lot_input",
        {**dict(zip(names, (*child, *parent), strict=True)), "amount": "1", "amount_unit": "kg"},
    )


def _pool(
    cases: Cases, givers: Sequence[str], into: Sequence[Node], *, unknown: bool = False
) -> Node:
    """A pool of a unit of each donor, given on different days, which became these lots."""
    given = [cases.donation(giver, DAY - 10 * number) for number, giver in enumerate(givers)]
    units: dict[str, Told] = {cases.unit(donation, POOLED_UNIT): {} for donation in given}
    number = cases.pool(units, into=into)
    if unknown:
        told = {"D07.pooled": PENDING, "D09": PENDING, "D10": PENDING}
        cases.pooled(number, f"UNITZ-{cases.new()}", told, volume="1", parked=("unit",))
    return CASE_PLANT, number, "pool"


def donors(cases: Cases) -> None:
    """One too few, just enough, one too many; two keys of one person; in two pools; not all known;
    bought paste.
    """
    for many, told in (
        (1, {"P01": FINDING}),
        (2, {"P01": PASS}),
        (3, {"P01": PASS}),
        (4, {"P01": PASS, "P02": NOTICE}),
    ):
        out = packed(cases, told)
        became(cases, _pool(cases, [cases.donor() for _ in range(many)], [out]), out)
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    out = packed(cases, {"P01": FINDING})
    became(cases, _pool(cases, [one, other], [out]), out)
    out = packed(cases, {"P01": PASS})
    for _ in range(2):
        became(cases, _pool(cases, [cases.donor()], [out]), out)
    out = packed(cases, {"P01": PENDING})
    became(cases, _pool(cases, [cases.donor()], [out], unknown=True), out)
    for told, pooled in (({"P01": NOT_APPLICABLE}, False), ({"P01": FINDING}, True)):
        out = packed(cases, told)
        became(cases, _bought(cases), out)
        if pooled:
            became(cases, _pool(cases, [cases.donor()], [out]), out)


def _bought(cases: Cases) -> Node:
    number = f"EXZ-{cases.new()}"
    cases.put(
        "external_lot",
        {
            "supplier": SUPPLIER,
            "lot_number": number,
            "kind": "paste",
            "donor_data_holder": SUPPLIER,
        },
    )
    return SUPPLIER, number, EXTERNAL


def products(cases: Cases) -> None:
    """No most donors, no such product, no GTIN, no day."""
    packed(cases, {"P02": NOT_APPLICABLE}, cases_law.LAX_GTIN)
    packed(cases, UNKNOWN, gs1("0409777699999"))
    packed(cases, UNKNOWN, "", findings=("R01.lot.named",))
    packed(cases, UNKNOWN, made_at="", findings=("lot.made_at.present",))
    packed(cases, {"S02": PENDING}, cases_law.BARE_GTIN)


GOOD = {"ph": {"value": "6.8", "value_unit": "pH"}, "sterility": {}}
Tested = Mapping[str, Mapping[str, str]]
TESTED: tuple[tuple[str, Tested], ...] = (
    (PASS, GOOD),
    (PASS, {**GOOD, "ph": {"value": "7.2", "value_unit": "pH"}}),
    (FINDING, {**GOOD, "ph": {"value": "7.21", "value_unit": "pH"}}),
    (FINDING, {**GOOD, "sterility": {"conclusion": "failed"}}),
    (PENDING, {"ph": GOOD["ph"]}),
    (PENDING, {**GOOD, "sterility": {"conclusion": "invalid"}}),
    (PENDING, {**GOOD, "ph": {}}),
    (PENDING, {**GOOD, "ph": {"value": "6.8", "value_unit": "mol/L"}}),
    (FINDING, {"ph": {"value": "6.3", "value_unit": "pH"}}),
    (FINDING, {"ph": {"value": "6.3", "value_unit": "[pH]"}}),
    (PENDING, {**GOOD, "ph": {"value": "6.8", "value_unit": ""}}),
)


def tests(cases: Cases) -> None:
    """Within the limits and at them, out of them, failed, missing, invalid, without a value, in
    another unit.
    """
    for outcome, told in TESTED:
        out = packed(cases, {"S02": outcome})
        dried = lot(cases, DRIED, number=out[1])
        for run, (test, row) in enumerate(told.items()):
            _test(cases, dried if run else out, test, "1", **row)
    out = packed(cases, {"S02": FINDING})
    for run, conclusion in enumerate(("failed", "passed"), 1):
        _test(cases, out, "sterility", str(run), conclusion=conclusion)
    _test(cases, out, "ph", "1", **GOOD["ph"])


def _test(cases: Cases, of: Node, test: str, run: str, **changed: str) -> None:
    row = {
        "manufacturer": of[0],
        "lot_number": of[1],
        "step": of[2],
        "test": test,
        "run": run,
        "conclusion": "passed",
        "laboratory": LABORATORY,
        "tested_at": noon(MADE + 1),
        "status": "final",
        **changed,
    }
    cases.put(
        "lot_test", row, findings=("S01.conclusion",) if row["conclusion"] == "failed" else ()
    )


def round_about(cases: Cases) -> None:
    """Reworked into what it was made of; and under its own number, which is no other."""
    one, other = lot(cases, BULK), lot(cases, DRIED)
    became(cases, one, other)
    became(cases, other, one)
    for node in (one, other):
        cases.seeder.ledger.looped(node)
    alone = lot(cases, BULK)
    became(cases, alone, alone)
