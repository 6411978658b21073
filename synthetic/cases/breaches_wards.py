"""How rules and links from the pack to the vial's end are broken, and what else follows."""

from collections.abc import Mapping

from synthetic.cases.seeded import LOT, PREPARED, Reached, Values
from synthetic.truth.ward_judges import WRONG_GTIN as WRONG_GTIN
from synthetic.truth.ward_judges import WRONG_LABEL

LONG_AGO = "2025-01-01T00:00:00+01:00"
UNNAMED: Values = {"serial": "", "lot_number": ""}
FEW: tuple[str, ...] = ()  # records of which many breaches share a row
VIALS = ("dispensing", "reconstitution_vial", "administration_vial")
DAMAGED = ("pack", "shipment", "delivery", *VIALS)
# By serial or by lot.
NAMED = (
    "shipment",
    "dispensing",
    "vial",
    "stock_count",
    "vial_fate",
    "reconstitution_vial",
)
BREACHES: Mapping[str, Values] = {
    **{
        f"{name}.gtin.check": {"gtin": WRONG_GTIN}
        for name in ("product", "product_preparation", "lot_test_specification")
    },
    "product.content": {"content_g": "0.05"},
    "R01.gtin": {"gtin": WRONG_GTIN},
    "R02.label": {"label_expires_on": WRONG_LABEL},
    "P06.vials": {"vials": "0"},
    **{
        f"R01.{name}.gtin": {"gtin": WRONG_GTIN}
        for name in (*NAMED, "package", "complaint", "relabelling", "reaction")
    },
    **{f"R01.{name}.named": UNNAMED for name in (*NAMED, "package")},
    # of no lot of the plant's: so many packs would stand in every answer about it
    **{
        f"{name}.packs.limits": {"packs": "1000001", "serial": "", "lot_number": "A99-{n:06d}"}
        for name in ("shipment", "stock_count", "package_content")
    },
    "R01.relabelling.new_gtin": {"new_gtin": WRONG_GTIN},
    "R01.package.sscc": {"sscc": "340999990000000000", "item": "{n}"},
    "R01.package.order": {"unpacked_at": LONG_AGO},
    "X01.order": {"ended_at": LONG_AGO},
    "X01.temperature": {"coldest_c": "27.0"},
    "R07.dispensing.vials": {"vials": "0"},
    "C06.failed": {"failed_therapies": ""},
    "C06.authorised": {"authorisation": ""},
    "C00.weight": {"weight_kg": "0.5"},
    "R04.order": {"completed_at": LONG_AGO},
    "R04.clear": {"clear": "no"},
    "R05.order": {"ended_at": LONG_AGO},
    "C01.day": {"day_of_course": "6"},
    "R07.given": {"given_g": "1500"},
    "R07.vials": {"vials": "0"},
    "R06.rate": {"rate_ml_h": "2100"},
    "K01.reaction.lot": {"lot_number": "", "administration": ""},
    "K01.reaction.order": {"onset_at": "2025-12-01T00:00:00+01:00"},
}
ALSO: Mapping[str, tuple[str, ...]] = {  # other rules that the breach of one breaks
    "reconstitution.clear.readable": ("R04.clear",),  # no word is 'yes'
}
UNKNOWN: Mapping[tuple[str, str], Values] = {
    **{
        (record, "pack"): {"serial": "UNKNOWN{n}"}
        for record in (
            "shipment",
            "package_content",
            "complaint",
            "stock_count",
            "vial_fate",
            "relabelling",
        )
    },
    **{
        (record, "party"): {"party": "PHARMACY-99"}
        for record in ("excursion", "complaint", "stock_count", "vial_fate", "relabelling")
    },
    **{
        (record, "site"): {"site": "CLINIC-99"}
        for record in ("treatment_order", "administration", "course_review")
    },
    ("reconstitution", "site"): {"site": "CLINIC-99", "treatment_order": ""},
    **{
        (record, "order"): {"treatment_order": "ORD99-{n:06d}"}
        for record in ("administration", "reconstitution")
    },
    **{
        (record, "administration"): {"administration": "INF99-{n:06d}"}
        for record in ("administration_vial", "infusion_rate", "adverse_reaction")
    },
    **{
        (record, "preparation"): {"preparation": "PREP99-{n:06d}"}
        for record in ("administration_vial", "reconstitution_vial")
    },
    ("official_release", "lot"): {"lot_number": "A99-{n:06d}"},
    ("pack", "lot"): {"lot_number": "A99-{n:06d}"},
    ("shipment", "from"): {"from_party": "PLANT-99"},
    ("shipment", "to"): {"to_party": "CLINIC-99"},
    ("delivery", "shipment"): {"shipment": "S99-{n:06d}"},
    ("delivery", "to"): {"to_party": "CLINIC-99"},
    ("excursion", "from"): {"from_party": "PLANT-99"},
    ("relabelling", "new_pack"): {"new_serial": "UNKNOWN{n}"},
    ("dispensing", "pharmacy"): {"pharmacy": "PHARMACY-99"},
    ("adverse_reaction", "reporter"): {"reporter": "CLINIC-99"},
}
# what a vial's row says instead, under which it is parked, and whether its lot number still leads
# to the lot
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
    return (), ()


def unlinked(link: str, reached: tuple[Reached, ...]) -> tuple[Reached, ...]:
    """The lots that a row still reaches where that link of it has no target."""
    nobody = tuple(Reached(way.lot, way.basis, way.state, "") for way in reached)
    if link == "administration" or (
        link == "preparation" and any(way.state == PREPARED for way in reached)
    ):
        return nobody
    return reached


def of_vial(rule: str, way: Reached) -> tuple[tuple[str, ...], tuple[Reached, ...]]:
    """What is parked of a vial's row that breaks the rule, and which lots it still reaches."""
    by_lot = Reached(way.lot, LOT, way.state, way.patient)
    match rule.split(".", 1)[1]:
        case "dispensing.named" | "vial.named" | "reconstitution_vial.named":
            return ("vial",), ()
        case (
            "gtin.readable"
            | "gtin.known"
            | "dispensing.gtin"
            | "vial.gtin"
            | "reconstitution_vial.gtin"
        ):
            return ("pack",), (by_lot,)
        case "serial.readable" | "serial.known":
            return (), (by_lot,)
        case "patient_key.readable" | "patient_key.known":
            return (), (Reached(way.lot, way.basis, way.state, ""),)
        case _:
            return (), (way,)
