"""Sound rows beside the plant's own, from the pack to where it is."""

from synthetic.cases.seeded import DISPENSED, PACK, Node, Reached
from synthetic.cases.specimen import Specimen
from synthetic.world import clock, fate_packages, making
from synthetic.world.parties import CLINICS, PHARMACIES, PLANT, WHOLESALER
from synthetic.world.plan import Plan

WARD, PHARMACY = CLINICS[0], PHARMACIES[0]


PACKED_AT, LABELLED_AT, SHIPPED_AT, ARRIVED_AT, DISPENSED_AT, STARTED_AT = (
    clock.instant(day * clock.DAY + 36_000) for day in (245, 246, 247, 248, 255, 256)
)


ENDED_AT, PREPARED_AT, DISSOLVED_AT, ORDERED_AT = (
    clock.instant(256 * clock.DAY + seconds) for seconds in (50_000, 32_000, 33_000, -40_000)
)


TOLD_AT = clock.instant(258 * clock.DAY + 36_000)


LOT: Node = making.final(0, making.PACKED)


OTHER: Node = making.final(1, making.PACKED)


def official_release(_: Plan, n: int) -> Specimen:
    """The second packed lot's release for one more market."""
    return Specimen(
        "official_release",
        n,
        {
            "manufacturer": PLANT,
            "lot_number": OTHER[1],
            "market": f"X{n}",
            "authority": "an authority",
            "certificate": f"X-{n:06d}",
            "released_at": LABELLED_AT,
        },
    )


def pack(plan: Plan, n: int) -> Specimen:
    """One more pack of the first packed lot."""
    return Specimen(
        "pack",
        n,
        {
            "gtin": making.gtin_of(plan, 0),
            "serial": f"X{n:08d}",
            "manufacturer": PLANT,
            "lot_number": LOT[1],
            "step": making.PACKED,
            "vials": "1",
            "content_g": "10",
            "label_expires_on": clock.day(making.expires(plan, 0)),
            "packed_at": PACKED_AT,
        },
    )


def package_content(plan: Plan, n: int) -> Specimen:
    """A case with one such pack."""
    one = pack(plan, 800_000 + n)
    return Specimen(
        "package_content",
        n,
        {
            "sscc": fate_packages.sscc(500_000_000 + n),
            "item": "1",
            **named(one),
            "packs": "1",
            "packed_at": SHIPPED_AT,
            "unpacked_at": ARRIVED_AT,
        },
        (one,),
    )


def relabelling(plan: Plan, n: int) -> Specimen:
    """Such a pack that got another serial."""
    one, other = pack(plan, 820_000 + n), pack(plan, 840_000 + n)
    return Specimen(
        "relabelling",
        n,
        {
            "gtin": one.values["gtin"],
            "serial": one.values["serial"],
            "new_gtin": other.values["gtin"],
            "new_serial": other.values["serial"],
            "party": WHOLESALER,
            "relabelled_at": LABELLED_AT,
            "reason": "damaged carton",
        },
        (one, other),
    )


def shipment(plan: Plan, n: int) -> Specimen:
    """A shipment of one such pack."""
    one = pack(plan, 500_000 + n)
    return Specimen(
        "shipment",
        n,
        {
            "from_party": PLANT,
            "shipment": f"SX-{n:06d}",
            "item": "1",
            "kind": "sale",
            "to_party": WHOLESALER,
            "shipped_at": SHIPPED_AT,
            **named(one),
            "packs": "1",
        },
        (one,),
    )


def delivery(plan: Plan, n: int) -> Specimen:
    """The arrival of such a shipment, which told lot and count."""
    sent = shipment(plan, 500_000 + n).but(gtin="", serial="")
    return Specimen(
        "delivery",
        n,
        {
            "from_party": PLANT,
            "shipment": sent.values["shipment"],
            "item": "1",
            "to_party": WHOLESALER,
            "delivered_at": ARRIVED_AT,
            "packs": "1",
        },
        (sent,),
    )


def stock_count(plan: Plan, n: int) -> Specimen:
    """One such pack on a pharmacy's shelf."""
    one = pack(plan, 860_000 + n)
    return Specimen(
        "stock_count",
        n,
        {
            "party": PHARMACY,
            "stocktake": f"COUNT-X{n:06d}",
            "item": "1",
            **named(one),
            "packs": "1",
            "counted_at": DISPENSED_AT,
        },
        (one,),
    )


def excursion(_: Plan, n: int) -> Specimen:
    """A shipment that was warm on its way."""
    return Specimen(
        "excursion",
        n,
        {
            "party": WHOLESALER,
            "excursion": f"EXX{n:06d}",
            "from_party": PLANT,
            "shipment": "S000001-001",
            "began_at": SHIPPED_AT,
            "ended_at": ARRIVED_AT,
            "coldest_c": "19.5",
            "warmest_c": "26.0",
            "fit": "yes",
        },
    )


def complaint(plan: Plan, n: int) -> Specimen:
    """A complaint about one such pack."""
    one = pack(plan, 880_000 + n)
    return Specimen(
        "complaint",
        n,
        {
            "party": PHARMACY,
            "complaint": f"CX{n:06d}",
            **named(one),
            "kind": "particles",
            "received_at": DISPENSED_AT,
            "outcome": "open",
        },
        (one,),
    )


def dispensing(plan: Plan, n: int) -> Specimen:
    """A pack of its own, handed to a patient."""
    one, patient = pack(plan, 600_000 + n), f"P-X{n:06d}"
    values = {
        "pharmacy": PHARMACY,
        "dispensing": f"DX-{n:06d}",
        "to_kind": "patient",
        "patient_key": patient,
        "dispensed_at": DISPENSED_AT,
        **named(one),
        "vials": "1",
    }
    return Specimen("dispensing", n, values, (one,), (Reached(LOT, PACK, DISPENSED, patient),))


def vial_fate(plan: Plan, n: int) -> Specimen:
    """A pack of its own, brought back."""
    one = pack(plan, 900_000 + n)
    return Specimen(
        "vial_fate",
        n,
        {
            "party": PHARMACY,
            "fate": f"VX{n:06d}",
            "kind": "returned",
            **named(one),
            "vials": "1",
            "fit": "no",
            "at": TOLD_AT,
            "reason": "called off",
        },
        (one,),
    )


def named(one: Specimen) -> dict[str, str]:
    """How a row names that pack."""
    return {name: one.values[name] for name in ("gtin", "serial", "lot_number")}
