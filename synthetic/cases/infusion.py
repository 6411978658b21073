"""Cases of infusions: how fast (R06), how much of a vial and of a day (R07), how much IgA (R08)."""

from synthetic.cases import ward_infusion as cases
from synthetic.cases.preparation import BY_SERIAL
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, Values
from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimens_packs import LOT
from synthetic.cases.ward_infusion import Ways
from synthetic.world.reference_product import SIX

POSSIBLE = {
    "R06": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "R07": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "R07.daily": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
    "R08": (NOT_APPLICABLE, PASS, PENDING, FINDING),
}
TEN: Values = {"concentration_pct": "10", "volume_ml": "96"}
UNORDERED = {"R06": PENDING, "R07.daily": PENDING, "R08": PENDING, "C05": PENDING}


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    _rates(seeder)
    _vials(seeder)
    _days(seeder)
    _people(seeder)


def _rates(seeder: Seeder) -> None:
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
        cases.seed(
            seeder,
            {"R06": outcome, **daily},
            order=order,
            preparation=mixed,
            rate={"rate_ml_h": rate},
        )
    cases.seed(seeder, {"R06": PENDING}, ("rate",))
    cases.seed(seeder, UNORDERED, ("order",))


def _vials(seeder: Seeder) -> None:
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
        cases.seed(seeder, {"R07": outcome}, line={"given_g": given, "wasted_g": wasted})
    unknown = dict.fromkeys(("R04", "R05", "R06", "R07", "R08"), PENDING)
    unweighed = {"R07": PENDING, "R07.daily": PENDING}
    for grams, prepared, answers in (
        ("", {}, unweighed),
        ("10", {"serial": "", "gtin": ""}, unknown),
    ):
        bare = cases.infusion(
            seeder, line={"serial": "", "gtin": "", "given_g": grams}, prepared=prepared
        )
        cases.seeded(seeder, bare, answers, ways=Ways(((LOT, BY_LOT),)))
    several: Values = {"serial": "", "vials": "3", "given_g": "30"}
    cases.seeded(seeder, cases.infusion(seeder, line=several), {}, ways=Ways(((LOT, BY_LOT),)))


def _days(seeder: Seeder) -> None:
    """Seventy grams are a gram per kilogram; more are told, also where two keys are one person's."""
    for vials, outcome in (("7", PASS), ("8", NOTICE)):
        line: Values = {"serial": "", "vials": vials, "given_g": f"{vials}0"}
        cases.seeded(
            seeder,
            cases.infusion(seeder, line=line),
            {"R07.daily": outcome},
            ways=Ways(((LOT, BY_LOT),)),
        )
    cases.seed(seeder, {"R07.daily": PENDING, "R07": PENDING}, line={"given_g": ""})
    for status, outcome in (("stated", NOTICE), ("withdrawn", PASS)):
        _two_keys(seeder, status, outcome)


def _two_keys(seeder: Seeder, status: str, outcome: str) -> None:
    """Forty grams under each of two keys on one day."""
    forty: Values = {"serial": "", "vials": "4", "given_g": "40"}
    both = [
        cases.seeded(
            seeder,
            cases.infusion(seeder, line=forty),
            {"R07.daily": outcome},
            ways=Ways(((LOT, BY_LOT),)),
        )
        for _ in range(2)
    ]
    one, other = (each.infusion.values["patient_key"] for each in both)
    seeder.sound(
        seeder.next("same_person").but(kind="patient", one_key=one, other_key=other, status=status)
    )


def _people(seeder: Seeder) -> None:
    """Who has IgA, and who lacks it."""
    cases.seed(seeder, {"R08": NOT_APPLICABLE}, order={"iga_deficiency": "no"})
    rich: Values = {"gtin": SIX, "content_g": "6"}
    cases.seed(
        seeder,
        {"R08": FINDING},
        pack=rich,
        line={"given_g": "6", **BY_SERIAL},
        prepared=BY_SERIAL,
        preparation={"concentration_pct": "6", "volume_ml": "100"},
    )
