"""Sound rows beside the plant's own, from the pack to where it is and what it was used for.

Numbers with an X are theirs alone; what they name is there, in the plant or seeded beside them.
"""

from synthetic.cases.seeded import DISPENSED, GIVEN, PACK, PREPARED
from synthetic.cases.specimen import OTHER, Beside, Forms, form
from synthetic.world import fate_packages
from synthetic.world.parties import CLINICS, PHARMACIES, PLANT, WHOLESALER

WARD, PHARMACY = CLINICS[0], PHARMACIES[0]
NAMED = "gtin={pack[gtin]} serial={pack[serial]} lot_number={pack[lot_number]} "
UNUSED = "R02=pass E02=not_applicable E03.vials=not_applicable E03.end=not_applicable"
MOVED = "E02=pass"
USED = "E02=pass E03.vials=pass"
OF_INFUSION = "R05=pending R06=pending R07.daily=pending R08=pending C05=pending"  # as nobody knows
FORMS: Forms = {
    "official_release": form(  # of the second packed lot, for one more market
        "official_release",
        PLANT,
        f"""manufacturer={{PLANT}} lot_number={OTHER[1]} market=X{{n}} authority='an authority'
        certificate=X-{{n:06d}} released_at={{LABELLED_AT}}""",
    ),
    "pack": form(  # one more of the first packed lot
        "pack",
        PLANT,
        """gtin={gtin} serial=X{n:08d} manufacturer={PLANT} lot_number={first} step=packed vials=1
        content_g=10 label_expires_on={expires} packed_at={PACKED_AT}""",
        UNUSED,
    ),
    "package_content": form(
        "package_content",
        PLANT,
        NAMED + "item=1 packs=1 packed_at={SHIPPED_AT} unpacked_at={ARRIVED_AT}",
        "",
        Beside("pack", 800_000),
        sscc=lambda n: fate_packages.sscc(500_000_000 + n),
    ),
    "relabelling": form(  # of a pack that got the number of another
        "relabelling",
        WHOLESALER,
        """gtin={gtin} new_gtin={pack[gtin]} new_serial={pack[serial]}
        party={WHOLESALER} relabelled_at={LABELLED_AT} reason='damaged carton'""",
        "",
        Beside("pack", 820_000),
        Beside("pack", 840_000),
        serial=lambda n: f"X{820_000 + n:08d}",
    ),
    "shipment": form(
        "shipment",
        PLANT,
        NAMED
        + """from_party={PLANT} shipment=SX-{n:06d} item=1 kind=sale to_party={WHOLESALER}
        shipped_at={SHIPPED_AT} packs=1""",
        "",
        Beside("pack", 500_000, answers=MOVED),
    ),
    "delivery": form(  # of a shipment that told lot and count
        "delivery",
        WHOLESALER,
        """from_party={PLANT} shipment={shipment[shipment]} item=1 to_party={WHOLESALER}
        delivered_at={ARRIVED_AT} packs=1""",
        "",
        Beside("shipment", 500_000, "gtin= serial="),
    ),
    "stock_count": form(
        "stock_count",
        PHARMACY,
        NAMED
        + "party={PHARMACY} stocktake=COUNT-X{n:06d} item=1 packs=1 counted_at={DISPENSED_AT}",
        "",
        Beside("pack", 860_000),
    ),
    "excursion": form(  # a shipment that was warm on its way
        "excursion",
        WHOLESALER,
        """party={WHOLESALER} excursion=EXX{n:06d} from_party={PLANT} shipment=S000001-001
        began_at={SHIPPED_AT} ended_at={ARRIVED_AT} coldest_c=19.5 warmest_c=26.0 fit=yes""",
    ),
    "complaint": form(
        "complaint",
        PHARMACY,
        NAMED
        + """party={PHARMACY} complaint=CX{n:06d} kind=particles received_at={DISPENSED_AT}
        outcome=open""",
        "",
        Beside("pack", 880_000),
    ),
    "dispensing": form(
        "dispensing",
        PHARMACY,
        NAMED
        + """pharmacy={PHARMACY} dispensing=DX-{n:06d} to_kind=patient patient_key=P-X{n:06d}
        dispensed_at={DISPENSED_AT} vials=1""",
        "R03.dispensed=pass",
        Beside("pack", 600_000, answers=USED),
        way=(PACK, DISPENSED, "P-X{n:06d}"),
    ),
    "vial_fate": form(
        "vial_fate",
        PHARMACY,
        NAMED
        + """party={PHARMACY} fate=VX{n:06d} kind=returned vials=1 fit=no at={TOLD_AT}
        reason='called off'""",
        "",
        Beside("pack", 900_000, answers="E03.vials=pass E03.end=pass"),
    ),
    "treatment_order": form(  # for which nothing was given
        "treatment_order",
        WARD,
        """site={WARD} treatment_order=ORDX-{n:06d} patient_key=P-X{n:06d} ordered_at={ORDERED_AT}
        indication=MS weight_kg=70.0 diabetes=no iga_deficiency=no dose_g=50 days=2 courses=6
        interval_days=28 failed_therapies='interferon beta-1a' authorisation=AUTH-X{n:06d}""",
    ),
    "reconstitution": form(  # nobody says how much water it took
        "reconstitution",
        WARD,
        """site={WARD} preparation=PREPX-{n:06d} treatment_order={treatment_order[treatment_order]}
        diluent=SWFI diluent_lot=W25-01 volume_ml= concentration_pct=5 started_at={PREPARED_AT}
        completed_at={DISSOLVED_AT} place=bench clear=yes""",
        "R04=pending",
        Beside("treatment_order", 500_000),
    ),
    "reconstitution_vial": form(
        "reconstitution_vial",
        WARD,
        NAMED + "site={WARD} preparation={reconstitution[preparation]} item=1 vials=1",
        "",
        Beside("pack", 920_000, answers=USED),
        Beside("reconstitution", 500_000),
        way=(PACK, PREPARED, "{treatment_order[patient_key]}"),
    ),
    "administration": form(  # of which neither an order nor a vial is told
        "administration",
        WARD,
        """site={WARD} administration=INFX-{n:06d} patient_key=P-X{n:06d} course=1 day_of_course=1
        status=given setting=clinic first_dose=yes supervised_by=NURSE-7 started_at={STARTED_AT}
        ended_at={ENDED_AT}""",
        OF_INFUSION,
    ),
    "administration_vial": form(
        "administration_vial",
        WARD,
        NAMED
        + """site={WARD} administration={administration[administration]} item=1 vials=1
        given_g=10.0 wasted_g=0.0""",
        "R03.given=pass R07=pass R09=pass",
        Beside("pack", 700_000, answers=USED),
        Beside("administration", 500_000),
        way=(PACK, GIVEN, "{administration[patient_key]}"),
    ),
    "infusion_rate": form(
        "infusion_rate",
        WARD,
        "site={WARD} administration={administration[administration]} minute=30 rate_ml_h=70.0",
        "",
        Beside("administration", 520_000),
    ),
    "adverse_reaction": form(  # which was not serious
        "adverse_reaction",
        WARD,
        """reporter={WARD} reaction=AEX-{n:06d} site={WARD}
        administration={administration[administration]} patient_key={administration[patient_key]}
        gtin={gtin} lot_number={first} onset_at={ENDED_AT} kind=headache serious=no imputability=1
        aware_at={TOLD_AT}""",
        "K01.reaction=not_applicable",
        Beside("administration", 540_000),
    ),
    "course_review": form(  # of a patient who had no course here
        "course_review",
        WARD,
        """site={WARD} patient_key=P-X{n:06d} reviewed_on=2025-11-20 decision=go_on
        reviewed_by=NEURO-2""",
    ),
}
