"""Cases of preparations: diluent and volume (R04), and how long a solution waited (R05)."""

from synthetic.cases.seeder import Seeder
from synthetic.cases.told import tables
from synthetic.cases.ward_infusion import seed, seed_all
from synthetic.world import clock
from synthetic.world.reference import OLD

TABLES = tables("preparation", OLD=OLD)
STARTED = 256 * clock.DAY + 36_000  # of seeded infusions


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    seed_all(seeder, TABLES["mixed"])
    for hours, outcome, changed in TABLES["waits"]:
        seed(seeder, f"R05={outcome}", preparation=f"{changed} {dissolved(float(hours))}")
    seed_all(seeder, TABLES["untimed"])


def dissolved(hours: float) -> str:
    """What a preparation says that waited so many hours."""
    # It takes twenty minutes to dissolve, and waits from its end on.
    at = STARTED - round(hours * 3_600)
    return f"started_at={clock.instant(at - 1_200)} completed_at={clock.instant(at)}"
