"""Cases of infusions: how fast (R06), how much of a vial and of a day (R07), how much IgA (R08), a
first one (C05).
"""

from synthetic.cases import ward_infusion as cases
from synthetic.cases.planted import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, Values
from synthetic.cases.planted import LOT as BY_LOT
from synthetic.cases.planter import Planter
from synthetic.cases.preparation import BY_SERIAL
from synthetic.cases.specimens_packs import LOT
from synthetic.cases.ward_infusion import Ways
from synthetic.world.reference_product import SIX

POSSIBLE = {
    "R06": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "R07": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "R07.daily": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
    "R08": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "C05": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
}
TEN: Values = {"concentration_pct": "10", "volume_ml": "96"}
UNORDERED = {"R06": PENDING, "R07.daily": PENDING, "R08": PENDING, "C05": PENDING}
FOREIGN = {"R07.daily": NOT_APPLICABLE, "C05": NOT_APPLICABLE}  # of an order that is not for MS


def all_of(planter: Planter) -> None:
    """Every case once."""
    _rates(planter)
    _vials(planter)
    _days(planter)
    _people(planter)


def _rates(planter: Planter) -> None:
    """The patient weighs 70 kg: 280 mL/h of five per cent, 560 of ten, and 140 of ten at risk."""
    at_risk: Values = {"kidney": "yes"}
    for rate, order, mixed, outcome in (
        ("280.0", {}, {}, PASS),
        ("280.1", {}, {}, FINDING),
        ("560", {}, TEN, PASS),
        ("141", at_risk, TEN, FINDING),
        ("140", at_risk, TEN, PASS),
        ("280", {"allergy": "yes"}, {}, PASS),
        ("70", {"weight_kg": ""}, {}, PENDING),
    ):
        daily = {"R07.daily": PENDING} if order.get("weight_kg") == "" else {}
        cases.plant(
            planter,
            {"R06": outcome, **daily},
            order=order,
            preparation=mixed,
            rate={"rate_ml_h": rate},
        )
    cases.plant(planter, {"R06": PENDING}, ("rate",))
    cases.plant(planter, UNORDERED, ("order",))


def _vials(planter: Planter) -> None:
    """All of a vial; within a twentieth of it; neither given nor thrown away; of a product that its
    preparation tells, or nobody; and three vials at once.
    """
    for given, wasted, outcome in (
        ("4.5", "5.5", PASS),
        ("9.5", "0", PASS),
        ("9.4", "0", FINDING),
        ("10", "0.6", FINDING),
        ("10", "", PENDING),
    ):
        cases.plant(planter, {"R07": outcome}, line={"given_g": given, "wasted_g": wasted})
    unknown = dict.fromkeys(("R04", "R05", "R06", "R07", "R08"), PENDING)
    unweighed = {"R07": PENDING, "R07.daily": PENDING}
    for grams, prepared, answers in (
        ("", {}, unweighed),
        ("10", {"serial": "", "gtin": ""}, unknown),
    ):
        bare = cases.infusion(
            planter, line={"serial": "", "gtin": "", "given_g": grams}, prepared=prepared
        )
        cases.planted(planter, bare, answers, ways=Ways(((LOT, BY_LOT),)))
    several: Values = {"serial": "", "vials": "3", "given_g": "30"}
    cases.planted(planter, cases.infusion(planter, line=several), {}, ways=Ways(((LOT, BY_LOT),)))


def _days(planter: Planter) -> None:
    """Seventy grams are a gram per kilogram; more are told, also where two keys are one person's."""
    for vials, outcome in (("7", PASS), ("8", NOTICE)):
        line: Values = {"serial": "", "vials": vials, "given_g": f"{vials}0"}
        cases.planted(
            planter,
            cases.infusion(planter, line=line),
            {"R07.daily": outcome},
            ways=Ways(((LOT, BY_LOT),)),
        )
    cases.plant(planter, {"R07.daily": PENDING, "R07": PENDING}, line={"given_g": ""})
    for status, outcome in (("stated", NOTICE), ("withdrawn", PASS)):
        _two_keys(planter, status, outcome)


def _two_keys(planter: Planter, status: str, outcome: str) -> None:
    """Forty grams under each of two keys on one day."""
    forty: Values = {"serial": "", "vials": "4", "given_g": "40"}
    both = [
        cases.planted(
            planter,
            cases.infusion(planter, line=forty),
            {"R07.daily": outcome},
            ways=Ways(((LOT, BY_LOT),)),
        )
        for _ in range(2)
    ]
    one, other = (each.infusion.values["patient_key"] for each in both)
    planter.sound(
        planter.next("same_person").but(kind="patient", one_key=one, other_key=other, status=status)
    )


def _people(planter: Planter) -> None:
    """Who has IgA, who lacks it; who is given a first dose, and for what."""
    cases.plant(planter, {"R08": NOT_APPLICABLE}, order={"iga_deficiency": "no"})
    rich: Values = {"gtin": SIX, "content_g": "6"}
    cases.plant(
        planter,
        {"R08": FINDING},
        pack=rich,
        line={"given_g": "6", **BY_SERIAL},
        prepared=BY_SERIAL,
        preparation={"concentration_pct": "6", "volume_ml": "100"},
    )
    cases.plant(planter, {"C05": NOTICE}, infusion={"supervised_by": ""})
    cases.plant(
        planter, {"C05": NOT_APPLICABLE}, infusion={"first_dose": "no", "supervised_by": ""}
    )
    cases.plant(planter, FOREIGN, order={"indication": "PID"}, infusion={"supervised_by": ""})
