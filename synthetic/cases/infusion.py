"""Cases of infusions: how fast (R06), how much of a vial and of a day (R07), how much IgA (R08)."""

from synthetic.cases.seeder import Seeder
from synthetic.cases.told import tables
from synthetic.cases.ward_infusion import OF_THE_LOT, seed, seed_all
from synthetic.world.reference import SIX

TABLES = tables("infusion", SIX=SIX)


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    seed_all(seeder, TABLES["rates_and_doses"])
    two_keys(seeder, "stated", "R07.daily=notice")
    two_keys(seeder, "withdrawn", "R07.daily=pass")
    seed_all(seeder, TABLES["people"])


def two_keys(seeder: Seeder, status: str, answers: str) -> None:
    """Forty grams on one day under each of two keys, which are one person's or not."""
    # By lot and count: forty grams of one pack would be more than it holds.
    forty = "serial= vials=4 given_g=40"
    one, other = (
        seed(seeder, answers, ways=OF_THE_LOT, line=forty).infusion.values["patient_key"]
        for _ in range(2)
    )
    both = seeder.next("same_person").but(kind="patient", one_key=one, other_key=other)
    seeder.sound(both.but(status=status))
