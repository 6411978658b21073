"""Sound rows beside the plant's own, from the pack to the vial's end: distribution and
reconstitution.

Numbers with an X are theirs alone; what they name is there, in the plant or seeded beside them.
"""

from collections.abc import Mapping

from synthetic.cases.seeded import GIVEN, PACK, PREPARED, Reached
from synthetic.cases.specimen import Judges, Makers, Specimen
from synthetic.cases.specimens_packs import (
    DISSOLVED_AT,
    ENDED_AT,
    LOT,
    ORDERED_AT,
    PHARMACY,
    PREPARED_AT,
    STARTED_AT,
    TOLD_AT,
    WARD,
    complaint,
    delivery,
    dispensing,
    excursion,
    named,
    official_release,
    pack,
    package_content,
    relabelling,
    shipment,
    stock_count,
    vial_fate,
)
from synthetic.truth import ward_judges
from synthetic.world import making
from synthetic.world.parties import PLANT, WHOLESALER
from synthetic.world.plan import Plan

SENDERS: Mapping[str, str] = {
    "official_release": PLANT,
    "pack": PLANT,
    "package_content": PLANT,
    "relabelling": WHOLESALER,
    "shipment": PLANT,
    "delivery": WHOLESALER,
    "stock_count": PHARMACY,
    "excursion": WHOLESALER,
    "complaint": PHARMACY,
    "dispensing": PHARMACY,
    "vial_fate": PHARMACY,
    "treatment_order": WARD,
    "reconstitution": WARD,
    "reconstitution_vial": WARD,
    "administration": WARD,
    "administration_vial": WARD,
    "infusion_rate": WARD,
    "adverse_reaction": WARD,
    "course_review": WARD,
}


def treatment_order(_: Plan, n: int) -> Specimen:
    """An order for which nothing was given."""
    return Specimen(
        "treatment_order",
        n,
        {
            "site": WARD,
            "treatment_order": f"ORDX-{n:06d}",
            "patient_key": f"P-X{n:06d}",
            "ordered_at": ORDERED_AT,
            "indication": "MS",
            "weight_kg": "70.0",
            "diabetes": "no",
            "iga_deficiency": "no",
            "dose_g": "50",
            "days": "2",
            "courses": "6",
            "interval_days": "28",
            "failed_therapies": "interferon beta-1a",
            "authorisation": f"AUTH-X{n:06d}",
        },
    )


def reconstitution(plan: Plan, n: int) -> Specimen:
    """A preparation for such an order; nobody says how much water it took."""
    order = treatment_order(plan, 500_000 + n)
    return Specimen(
        "reconstitution",
        n,
        {
            "site": WARD,
            "preparation": f"PREPX-{n:06d}",
            "treatment_order": order.values["treatment_order"],
            "diluent": "SWFI",
            "diluent_lot": "W25-01",
            "volume_ml": "",
            "concentration_pct": "5",
            "started_at": PREPARED_AT,
            "completed_at": DISSOLVED_AT,
            "place": "bench",
            "clear": "yes",
        },
        (order,),
    )


def reconstitution_vial(plan: Plan, n: int) -> Specimen:
    """A pack of its own, in such a preparation of its own."""
    one, mixed = pack(plan, 920_000 + n), reconstitution(plan, 500_000 + n)
    values = {
        "site": WARD,
        "preparation": mixed.values["preparation"],
        "item": "1",
        **named(one),
        "vials": "1",
    }
    patient = mixed.beside[0].values["patient_key"]
    return Specimen(
        "reconstitution_vial", n, values, (one, mixed), (Reached(LOT, PACK, PREPARED, patient),)
    )


def administration(_: Plan, n: int) -> Specimen:
    """An infusion of which neither an order nor a vial is told."""
    return Specimen(
        "administration",
        n,
        {
            "site": WARD,
            "administration": f"INFX-{n:06d}",
            "patient_key": f"P-X{n:06d}",
            "course": "1",
            "day_of_course": "1",
            "status": "given",
            "setting": "clinic",
            "first_dose": "yes",
            "supervised_by": "NURSE-7",
            "started_at": STARTED_AT,
            "ended_at": ENDED_AT,
        },
    )


def administration_vial(plan: Plan, n: int) -> Specimen:
    """A pack of its own, given in an infusion of its own."""
    one, infusion = pack(plan, 700_000 + n), administration(plan, 500_000 + n)
    values = {
        "site": WARD,
        "administration": infusion.values["administration"],
        "item": "1",
        **named(one),
        "vials": "1",
        "given_g": "10.0",
        "wasted_g": "0.0",
    }
    reached = Reached(LOT, PACK, GIVEN, infusion.values["patient_key"])
    return Specimen("administration_vial", n, values, (one, infusion), (reached,))


def infusion_rate(plan: Plan, n: int) -> Specimen:
    """What a pump showed of an infusion of its own."""
    infusion = administration(plan, 520_000 + n)
    return Specimen(
        "infusion_rate",
        n,
        {
            "site": WARD,
            "administration": infusion.values["administration"],
            "minute": "30",
            "rate_ml_h": "70.0",
        },
        (infusion,),
    )


def adverse_reaction(plan: Plan, n: int) -> Specimen:
    """A headache after an infusion of its own."""
    infusion = administration(plan, 540_000 + n)
    return Specimen(
        "adverse_reaction",
        n,
        {
            "reporter": WARD,
            "reaction": f"AEX-{n:06d}",
            "site": WARD,
            "administration": infusion.values["administration"],
            "patient_key": infusion.values["patient_key"],
            "gtin": making.gtin_of(plan, 0),
            "lot_number": LOT[1],
            "onset_at": ENDED_AT,
            "kind": "headache",
            "serious": "no",
            "imputability": "1",
            "aware_at": TOLD_AT,
        },
        (infusion,),
    )


def course_review(_: Plan, n: int) -> Specimen:
    """The review of a patient who had no course here."""
    return Specimen(
        "course_review",
        n,
        {
            "site": WARD,
            "patient_key": f"P-X{n:06d}",
            "reviewed_on": "2025-11-20",
            "decision": "go_on",
            "reviewed_by": "NEURO-2",
        },
    )


MAKERS: Makers = {
    maker.__name__: maker
    for maker in (
        official_release,
        pack,
        package_content,
        relabelling,
        shipment,
        delivery,
        stock_count,
        excursion,
        complaint,
        dispensing,
        vial_fate,
        treatment_order,
        reconstitution,
        reconstitution_vial,
        administration,
        administration_vial,
        infusion_rate,
        adverse_reaction,
        course_review,
    )
}
JUDGES: Judges = ward_judges.JUDGES
