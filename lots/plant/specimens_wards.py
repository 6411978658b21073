"""Sound rows beside the plant's own, from the pack to the vial's end: distribution and reconstitution.

Numbers with an X are theirs alone; what they name is there, in the plant or planted beside them.
"""

from collections.abc import Mapping

from lots.plant import clock, making
from lots.plant.parties import CLINICS, PHARMACIES, PLANT, WHOLESALER
from lots.plant.plan import Plan
from lots.plant.planted import DISPENSED, GIVEN, PACK, Reached
from lots.plant.specimen import Judges, Makers, Specimen

SENDERS: Mapping[str, str] = {
    "pack": PLANT, "shipment": PLANT, "delivery": WHOLESALER, "dispensing": PHARMACIES[0],
    "administration": CLINICS[0], "administration_vial": CLINICS[0],
}
PACKED_AT, SHIPPED_AT, ARRIVED_AT, DISPENSED_AT, STARTED_AT = (
    clock.instant(day * clock.DAY + 36_000) for day in (245, 247, 248, 255, 256))
ENDED_AT = clock.instant(256 * clock.DAY + 50_000)


def pack(plan: Plan, n: int) -> Specimen:
    """One more pack of the first packed lot."""
    return Specimen("pack", n, {
        "gtin": making.gtin_of(plan, 0), "serial": f"X{n:08d}", "manufacturer": PLANT,
        "lot_number": making.final(0, making.PACKED)[1], "step": making.PACKED, "vials": "1", "content_g": "10",
        "label_expires_on": clock.day(making.expires(plan, 0)), "packed_at": PACKED_AT})


def shipment(plan: Plan, n: int) -> Specimen:
    """A shipment of one such pack."""
    one = pack(plan, 500_000 + n)
    return Specimen("shipment", n, {
        "from_party": PLANT, "shipment": f"SX-{n:06d}", "item": "1", "kind": "sale", "to_party": WHOLESALER,
        "shipped_at": SHIPPED_AT, **_named(one), "packs": "1"}, (one,))


def delivery(plan: Plan, n: int) -> Specimen:
    """The arrival of such a shipment, which told lot and count."""
    sent = shipment(plan, 500_000 + n).but(gtin="", serial="")
    return Specimen("delivery", n, {
        "from_party": PLANT, "shipment": sent.values["shipment"], "item": "1", "to_party": WHOLESALER,
        "delivered_at": ARRIVED_AT, "packs": "1"}, (sent,))


def dispensing(plan: Plan, n: int) -> Specimen:
    """A pack of its own, handed to a patient."""
    one, patient = pack(plan, 600_000 + n), f"P-X{n:06d}"
    values = {"pharmacy": PHARMACIES[0], "dispensing": f"DX-{n:06d}", "to_kind": "patient", "patient_key": patient,
              "dispensed_at": DISPENSED_AT, **_named(one), "vials": "1"}
    return Specimen("dispensing", n, values, (one,),
                    (Reached(making.final(0, making.PACKED), PACK, DISPENSED, patient),))


def administration(_: Plan, n: int) -> Specimen:
    """An infusion of which no vial is told."""
    return Specimen("administration", n, {
        "site": CLINICS[0], "administration": f"INFX-{n:06d}", "patient_key": f"P-X{n:06d}", "course": "1",
        "day_of_course": "1", "status": "given", "setting": "clinic", "first_dose": "no", "started_at": STARTED_AT,
        "ended_at": ENDED_AT})


def administration_vial(plan: Plan, n: int) -> Specimen:
    """A pack of its own, given in an infusion of its own."""
    one, infusion = pack(plan, 700_000 + n), administration(plan, 500_000 + n)
    values = {"site": CLINICS[0], "administration": infusion.values["administration"], "item": "1", **_named(one),
              "vials": "1", "given_g": "10.0", "wasted_g": "0.0"}
    reached = Reached(making.final(0, making.PACKED), PACK, GIVEN, infusion.values["patient_key"])
    return Specimen("administration_vial", n, values, (one, infusion), (reached,))


def _named(one: Specimen) -> dict[str, str]:
    return {name: one.values[name] for name in ("gtin", "serial", "lot_number")}


MAKERS: Makers = {maker.__name__: maker for maker in (
    pack, shipment, delivery, dispensing, administration, administration_vial)}
JUDGES: Judges = {}
