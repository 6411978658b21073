"""Sound rows beside the plant's own: donors and what is known of them, donations, units, samples
and results.

Numbers with an X are theirs alone; what they name is there, among the anchors or seeded beside
them.
"""

from collections.abc import Mapping

from synthetic.cases import anchors
from synthetic.cases.seeded import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Found,
    Values,
    found,
)
from synthetic.cases.specimen import Judges, Makers, Specimen
from synthetic.cases.specimens_known import (
    deferral,
    donor_exam,
    post_donation_information,
    same_person,
)
from synthetic.world import clock, donations
from synthetic.world.parties import CENTRES, LABORATORY, LAWLESS_CENTRE, PLANT
from synthetic.world.plan import Plan


def donor(_: Plan, n: int) -> Specimen:
    """A donor who has not donated yet."""
    return Specimen(
        "donor",
        n,
        {
            "donor_key": f"D-X{n:06d}",
            "as_of": "2025-02-01",
            "centre": CENTRES[0],
            "status": "qualified",
            "sex": "F",
            "qualified_on": "2024-11-03",
            "examined_on": "2025-01-12",
            "four_month_sample_on": "2025-01-12",
        },
    )


def donation(_: Plan, n: int) -> Specimen:
    """A donation that was never pooled, at the centre without a law."""
    number = f"PX00125{n:06d}"
    return Specimen(
        "donation",
        n,
        {
            "donation_number": number,
            "scheme": "ISBT128",
            "check_character": donations.check_character(number),
            "donor_key": anchors.GIVER,
            "centre": LAWLESS_CENTRE,
            "plasma_kind": "source",
            "collected_at": anchors.GIVEN_AT,
            "collected_ml": "680",
            "plasma_ml": "618",
            "donor_weight_kg": "64.5",
            "total_protein_g_dl": "7.1",
            "haemoglobin_g_dl": "14.2",
        },
    )


def plasma_unit(_: Plan, n: int) -> Specimen:
    """One more unit of a donation; it is in no pool."""
    return Specimen(
        "plasma_unit",
        n,
        {
            "unit": f"{anchors.TESTED}-X{n}",
            "donation_number": anchors.TESTED,
            "volume_ml": "20",
            "frozen_at": clock.instant(201 * clock.DAY),
            "storage_max_c": "-28.5",
            "shipping_max_c": "-20.0",
            "above_limit_h": "0.0",
        },
    )


def test_result(plan: Plan, n: int) -> Specimen:
    """One more test of a donation."""
    return Specimen(
        "test_result",
        n,
        {
            "sample": f"TX{n:08d}",
            "marker": "HBsAg",
            "run": "1",
            "tested": "donation",
            "tested_id": anchors.TESTED,
            "role": "initial",
            "method": "CLIA",
            "kit": "KIT-A1",
            "kit_lot": "A1-2509",
            "kit_expires_on": "2025-11-30",
            "laboratory": LABORATORY,
            "analyser": "AN-1",
            "taken_at": "2025-07-01T08:00:00+02:00",
            "tested_at": "2025-07-02T09:30:00+02:00",
            "operator": "=",
            "value": "0.21",
            "value_unit": "S/CO",
            "interpretation": "nonreactive",
            "status": "final",
        },
    )


def minipool_member(_: Plan, n: int) -> Specimen:
    """One more sample of a donation, in a minipool that was never tested."""
    return Specimen(
        "minipool_member",
        n,
        {
            "minipool": f"MPX-{n:08d}",
            "member_kind": "donation",
            "member": anchors.TESTED,
            "laboratory": LABORATORY,
            "mixed_at": "2025-07-22T18:00:00+02:00",
        },
    )


def unit_event(_: Plan, n: int) -> Specimen:
    """A unit that is held."""
    return Specimen(
        "unit_event",
        n,
        {
            "unit": f"{anchors.TESTED}-X{UNITS}",
            "event": f"UEX-{n:06d}",
            "kind": "held",
            "at": "2025-07-23T12:00:00+02:00",
            "party": PLANT,
            "reason": "a paper is missing",
        },
    )


UNITS = 400_000  # from here on are the numbers of units that anchors have


def of_donation(row: Values) -> tuple[Found, ...]:
    """Without a law there is no scheme, and no marker is asked for."""
    earlier = PASS if row["collected_at"] and row["donor_key"] else PENDING
    told = NOTICE if row["donation_number"] == anchors.INFORMED else PASS
    return found(
        D02__interval=PENDING,
        D02__week=PENDING,
        D05__sex=PENDING,
        D06__exam=PENDING,
        D06__sample=PENDING,
        D07=PENDING,
        D07__earlier=earlier,
        D11=PENDING,
        PDI__donation=told,
    )


def of_unit(row: Values) -> tuple[Found, ...]:
    """One of them is in many pools, and nobody says how much it held."""
    if row["unit"] == anchors.UNIT:
        return found(D08=PENDING, P04__draw=PENDING, P05=FINDING)
    return found(D08=PENDING, P04__draw=NOT_APPLICABLE, P05=NOT_APPLICABLE)


def of_information(row: Values) -> tuple[Found, ...]:
    """Without a law there is no clock; a prion's path is another."""
    return found(K01__information=NOT_APPLICABLE if row["kind"] == "cjd" else PENDING)


MAKERS: Makers = {
    maker.__name__: maker
    for maker in (
        donor,
        donation,
        plasma_unit,
        test_result,
        minipool_member,
        unit_event,
        deferral,
        donor_exam,
        same_person,
        post_donation_information,
    )
}
SENDERS: Mapping[str, str] = {
    **dict.fromkeys(MAKERS, CENTRES[0]),
    "test_result": LABORATORY,
    "minipool_member": LABORATORY,
    "unit_event": PLANT,
}
JUDGES: Judges = {
    "donation": of_donation,
    "plasma_unit": of_unit,
    "post_donation_information": of_information,
}


def anchored(plan: Plan) -> list[Specimen]:
    """Donors, donations and units that many specimens name."""
    givers = [
        donor(plan, 0).but(donor_key=key, as_of=anchors.SINCE)
        for key in (anchors.GIVER, anchors.TESTED_GIVER, anchors.IDLE)
    ]
    given = [
        _numbered(donation(plan, 0), number, giver)
        for number, giver in (
            (anchors.TESTED, anchors.TESTED_GIVER),
            (anchors.INFORMED, anchors.GIVER),
            (anchors.POOLED, anchors.GIVER),
        )
    ]
    return [
        *givers,
        *given,
        plasma_unit(plan, UNITS),
        plasma_unit(plan, 0).but(unit=anchors.UNIT, donation_number=anchors.POOLED, volume_ml=""),
    ]


def _numbered(one: Specimen, number: str, giver: str) -> Specimen:
    return one.but(
        donation_number=number, check_character=donations.check_character(number), donor_key=giver
    )
