"""How rules and links from the pack to the vial's end are broken, and what else follows."""

from collections.abc import Mapping

from lots.plant.planted import LOT, Reached, Values

WRONG_GTIN = "04099991000109"  # its check digit is another one
FEW: tuple[str, ...] = ()  # records of which many breaches share a row
VIALS = ("dispensing", "administration_vial")
DAMAGED = ("pack", "shipment", "delivery", *VIALS)
BREACHES: Mapping[str, Values] = {
    "R01.gtin": {"gtin": WRONG_GTIN},
    "R02.label": {"label_expires_on": "2026-01-01"},
    "P06.vials": {"vials": "0"},
    "R01.shipment.gtin": {"gtin": WRONG_GTIN},
    "R01.shipment.named": {"serial": "", "lot_number": ""},
    "R01.dispensing.gtin": {"gtin": WRONG_GTIN},
    "R01.dispensing.named": {"serial": "", "lot_number": ""},
    "R07.dispensing.vials": {"vials": "0"},
    "R05.order": {"ended_at": "2026-01-01T00:00:00+01:00"},
    "C01.day": {"day_of_course": "6"},
    "R01.vial.gtin": {"gtin": WRONG_GTIN},
    "R01.vial.named": {"serial": "", "lot_number": ""},
    "R07.given": {"given_g": "1500"},
    "R07.vials": {"vials": "0"},
}
ALSO: Mapping[str, tuple[str, ...]] = {}  # other rules that the breach of one breaks
UNKNOWN: Mapping[tuple[str, str], Values] = {
    ("pack", "lot"): {"lot_number": "A99-{n:06d}"},
    ("shipment", "pack"): {"serial": "UNKNOWN{n}"},
    ("shipment", "from"): {"from_party": "PLANT-99"},
    ("shipment", "to"): {"to_party": "CLINIC-99"},
    ("delivery", "shipment"): {"shipment": "S99-{n:06d}"},
    ("delivery", "to"): {"to_party": "CLINIC-99"},
    ("dispensing", "pharmacy"): {"pharmacy": "PHARMACY-99"},
    ("administration", "site"): {"site": "CLINIC-99"},
    ("administration", "order"): {"treatment_order": "ORD99-{n:06d}"},
    ("administration_vial", "administration"): {"administration": "INF99-{n:06d}"},
    ("administration_vial", "preparation"): {"preparation": "PREP99-{n:06d}"},
}
# what a vial's row says instead, under which it is parked, and whether its lot number still leads to the lot
UNKNOWN_VIALS: tuple[tuple[Values, tuple[str, ...], bool], ...] = (
    ({"serial": "UNKNOWN{n}"}, ("pack",), True),
    ({"serial": "UNKNOWN{n}", "lot_number": ""}, ("pack",), False),
    ({"gtin": ""}, ("pack",), True),
    ({"gtin": "", "serial": "", "lot_number": "A99-{n:06d}"}, ("lot",), False),
    ({"serial": "UNKNOWN{n}", "lot_number": "A99-{n:06d}"}, ("pack", "lot"), False),
)


def follows(rule: str, reached: tuple[Reached, ...]) -> tuple[tuple[str, ...], tuple[Reached, ...]]:
    """What is parked of a row that breaks the rule, and which lots it still reaches."""
    if reached:
        return of_vial(rule, reached[0])
    return (("pack",) if rule == "R01.shipment.gtin" else ()), ()


def unlinked(link: str, reached: tuple[Reached, ...]) -> tuple[Reached, ...]:
    """The lots that a row still reaches where that link of it has no target."""
    if link == "administration":
        return tuple(Reached(way.lot, way.basis, way.state, "") for way in reached)
    return reached


def of_vial(rule: str, way: Reached) -> tuple[tuple[str, ...], tuple[Reached, ...]]:
    """What is parked of a vial's row that breaks the rule, and which lots it still reaches."""
    by_lot = Reached(way.lot, LOT, way.state, way.patient)
    match rule.split(".", 1)[1]:
        case "dispensing.gtin" | "vial.gtin":
            return ("pack", "lot"), ()
        case "dispensing.named" | "vial.named":
            return ("vial",), ()
        case "gtin.readable":
            return ("pack",), (by_lot,)
        case "serial.readable":
            return (), (by_lot,)
        case "patient_key.readable":
            return (), (Reached(way.lot, way.basis, way.state, ""),)
        case _:
            return (), (way,)
