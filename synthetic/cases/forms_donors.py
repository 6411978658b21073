"""Sound rows beside the plant's own: donors and what is known of them, donations, units, results.

Numbers with an X are theirs alone; what they name is there, among the anchors or seeded beside
them.
"""

from synthetic.cases import anchors
from synthetic.cases.specimen import Forms, Specimen, form, made
from synthetic.world import donations
from synthetic.world.parties import CENTRES, LABORATORY, PLANT
from synthetic.world.plan import Plan

UNITS = 400_000  # from here on are the numbers of units that anchors have
# Where nobody says whose law applies, there is no scheme, and no marker is asked for.
LAWLESS = """D02.interval=pending D02.week=pending D05.sex=pending D06.exam=pending
    D06.sample=pending D07=pending D07.earlier=pass D11=pending PDI.donation=pass"""
FORMS: Forms = {
    "donor": form(  # who has not donated yet
        "donor",
        CENTRES[0],
        """donor_key=D-X{n:06d} as_of=2025-02-01 centre={CENTRE} status=qualified sex=F
        qualified_on=2024-11-03 examined_on=2025-01-12 four_month_sample_on=2025-01-12""",
    ),
    "donation": form(  # never pooled
        "donation",
        CENTRES[0],
        """donation_number=PX00125{n:06d} scheme=ISBT128 donor_key={GIVER} centre={LAWLESS_CENTRE}
        plasma_kind=source collected_at={GIVEN_AT} collected_ml=680 plasma_ml=618
        donor_weight_kg=64.5 total_protein_g_dl=7.1 haemoglobin_g_dl=14.2""",
        LAWLESS,
        check_character=lambda n: donations.check_character(f"PX00125{n:06d}"),
    ),
    "plasma_unit": form(  # in no pool
        "plasma_unit",
        CENTRES[0],
        """unit={TESTED}-X{n} donation_number={TESTED} volume_ml=20 frozen_at={FROZEN_AT}
        storage_max_c=-28.5 shipping_max_c=-20.0 above_limit_h=0.0""",
        "D08=pending P04.draw=not_applicable P05=not_applicable",
    ),
    "test_result": form(
        "test_result",
        LABORATORY,
        """sample=TX{n:08d} marker=HBsAg run=1 tested=donation tested_id={TESTED} role=initial
        method=CLIA kit=KIT-A1 kit_lot=A1-2509 kit_expires_on=2025-11-30 laboratory={LABORATORY}
        analyser=AN-1 taken_at=2025-07-01T08:00:00+02:00 tested_at=2025-07-02T09:30:00+02:00
        operator== value=0.21 value_unit=S/CO interpretation=nonreactive status=final""",
    ),
    "minipool_member": form(  # of a minipool that was never tested
        "minipool_member",
        LABORATORY,
        """minipool=MPX-{n:08d} member_kind=donation member={TESTED} laboratory={LABORATORY}
        mixed_at=2025-07-22T18:00:00+02:00""",
    ),
    "unit_event": form(
        "unit_event",
        PLANT,
        f"unit={{TESTED}}-X{UNITS} event=UEX-{{n:06d}} kind=held at=2025-07-23T12:00:00+02:00"
        " party={PLANT} reason='a paper is missing'",
    ),
    "deferral": form(  # of a donor who never gave
        "deferral",
        CENTRES[0],
        """centre={LAWLESS_CENTRE} deferral=DFX-{n:06d} donor_key={IDLE} cause=travel
        deferred_from=2025-03-01 deferred_until=2025-07-01""",
    ),
    "donor_exam": form(
        "donor_exam",
        CENTRES[0],
        """centre={LAWLESS_CENTRE} exam=EXX-{n:06d} donor_key={IDLE} kind=physical
        examined_on=2025-03-01 reviewed_on=2025-03-02 reviewed_by=MD-1 conclusion=suitable""",
    ),
    "same_person": form(  # two keys that no donation has
        "same_person",
        CENTRES[0],
        """party={LAWLESS_CENTRE} statement=SPX-{n:06d} kind=donor one_key=D-XONE{n}
        other_key=D-XOTHER{n} confidence=probable stated_by=MD-1
        stated_at=2025-03-01T12:00:00+01:00 status=stated""",
    ),
    "post_donation_information": form(
        "post_donation_information",
        CENTRES[0],
        """centre={LAWLESS_CENTRE} information=PDIX-{n:06d} donor_key={IDLE}
        donation_number={INFORMED} kind=travel effective_on=2025-05-01
        learned_at=2025-08-01T12:00:00+02:00 reviewed_at=2025-08-02T12:00:00+02:00""",
        "K01.information=pending",
    ),
}


def anchored(plan: Plan) -> list[Specimen]:
    """Donors, donations and units that many specimens name."""
    donor, donation, unit = (
        made(FORMS, plan, name, 0) for name in ("donor", "donation", "plasma_unit")
    )
    return [
        *(
            donor.but(donor_key=key, as_of=anchors.SINCE)
            for key in (anchors.GIVER, anchors.TESTED_GIVER, anchors.IDLE)
        ),
        _numbered(donation, anchors.TESTED, anchors.TESTED_GIVER),
        _numbered(donation, anchors.INFORMED, anchors.GIVER).answering("PDI.donation=notice"),
        _numbered(donation, anchors.POOLED, anchors.GIVER),
        made(FORMS, plan, "plasma_unit", UNITS),
        unit.but(unit=anchors.UNIT, donation_number=anchors.POOLED, volume_ml="").answering(
            "P04.draw=pending P05=finding"
        ),
    ]


def _numbered(one: Specimen, number: str, giver: str) -> Specimen:
    check = donations.check_character(number)
    return one.but(donation_number=number, check_character=check, donor_key=giver)
