"""Cases of infusions: how fast (R06), how much of a vial and of a day (R07), how much IgA (R08)."""

from synthetic.cases.preparation import BY_SERIAL
from synthetic.cases.seeder import Seeder
from synthetic.cases.ward_infusion import OF_THE_LOT, seed, seed_all
from synthetic.world.reference_product import SIX

TEN = "preparation concentration_pct=10 volume_ml=96"
UNKNOWN = "R04=pending R05=pending R06=pending R07=pending R08=pending"
UNUSED = "E02=not_applicable E03.vials=not_applicable"
TABLE = f"""
# the patient weighs 70 kg: 280 mL/h of five per cent, 560 of ten, and 140 of ten at risk
R06=pass     | rate rate_ml_h=280.0
R06=finding  | rate rate_ml_h=280.1
R06=pass     | rate rate_ml_h=560 | {TEN}
R06=finding  | rate rate_ml_h=141 | {TEN} | order kidney=yes
R06=pass     | rate rate_ml_h=140 | {TEN} | order kidney=yes
R06=pass     | rate rate_ml_h=280 | order allergy=yes
R06=pending R07.daily=pending | rate rate_ml_h=70 | order weight_kg=
R06=pending  | without rate
R06=pending R07.daily=pending R08=pending C05=pending | without order
# all of a vial; within a twentieth of it; neither given nor thrown away
R07=pass     | line given_g=4.5 wasted_g=5.5
R07=pass     | line given_g=9.5 wasted_g=0
R07=finding  | line given_g=9.4 wasted_g=0
R07=finding  | line given_g=10 wasted_g=0.6
R07=pending  | line given_g=10 wasted_g=
# of a product that its preparation tells, or nobody; and three vials at once
R07=pending R07.daily=pending | line serial= gtin= given_g= | lot
{UNKNOWN} {UNUSED} | line serial= gtin= given_g=10 | prepared serial= gtin= | lot
             | line serial= vials=3 given_g=30 | lot
# seventy grams are a gram per kilogram; more; and nobody says how much
R07.daily=pass    | line serial= vials=7 given_g=70 | lot
R07.daily=notice  | line serial= vials=8 given_g=80 | lot
R07.daily=pending R07=pending | line given_g=
"""
PEOPLE = f"""
# who has IgA, and who is given it
R08=not_applicable | order iga_deficiency=no
R08=finding        | pack gtin={SIX} content_g=6 | line given_g=6 {BY_SERIAL} \
| prepared {BY_SERIAL} | preparation concentration_pct=6 volume_ml=100
"""


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    seed_all(seeder, TABLE)
    two_keys(seeder, "stated", "R07.daily=notice")
    two_keys(seeder, "withdrawn", "R07.daily=pass")
    seed_all(seeder, PEOPLE)


def two_keys(seeder: Seeder, status: str, answers: str) -> None:
    """Forty grams on one day under each of two keys, which are one person's or not."""
    forty = "serial= vials=4 given_g=40"
    one, other = (
        seed(seeder, answers, ways=OF_THE_LOT, line=forty).infusion.values["patient_key"]
        for _ in range(2)
    )
    both = seeder.next("same_person").but(kind="patient", one_key=one, other_key=other)
    seeder.sound(both.but(status=status))
