"""Cases of preparations: diluent and volume (R04), and how long a solution waited for its infusion
(R05).
"""

from synthetic.cases.seeder import Seeder
from synthetic.cases.told import rows
from synthetic.cases.ward_infusion import seed, seed_all
from synthetic.world import clock
from synthetic.world.reference_product import OLD

BY_SERIAL = "lot_number="  # as the lot itself has another GTIN
STARTED = 256 * clock.DAY + 36_000  # of seeded infusions
UNKNOWN = "R05=pending R06=pending R08=pending"
TABLE = f"""
# within 8 % of 192 mL, or not
R04=pass                 | preparation volume_ml=192
R04=pass                 | preparation volume_ml=207.36
R04=finding              | preparation volume_ml=207.37
R04=pass                 | preparation volume_ml=176.64
R04=finding              | preparation volume_ml=100
R04=pending              | preparation volume_ml=
# salt water, and a strength that the licence has not: nobody says how fast that may run
R04=finding R06=pending  | preparation diluent=NaCl
R04=finding R06=pending  | preparation concentration_pct=7
R04=pending R06=pending  | preparation concentration_pct=
R04=pass                 | preparation concentration_pct=10 volume_ml=96
# of a product that nobody told, and of one that is no more
R04=pending {UNKNOWN} E02=not_applicable E03.vials=not_applicable | without prepared line
R04=finding {UNKNOWN} | pack gtin={OLD} content_g=2.5 | prepared {BY_SERIAL} \
| line given_g=2.5 {BY_SERIAL}
"""
WAITS = """
# two hours at the bench, a day in laminar flow where it was cold; longer; before it was dissolved
2.0   | pass    |
2.1   | finding |
-0.1  | finding |
24.0  | pass    | place=laminar_flow stored_c=5
24.1  | finding | place=laminar_flow stored_c=5
2.1   | finding | place=laminar_flow stored_c=9
1.9   | pass    | place=laminar_flow stored_c=9
2.1   | finding | place=laminar_flow stored_c=
"""
UNTIMED = """
R05=pending              | preparation completed_at=
R05=pending R06=pending  | without preparation
"""


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    seed_all(seeder, TABLE)
    for hours, outcome, changed in rows(WAITS):
        seed(seeder, f"R05={outcome}", preparation=f"{changed} {dissolved(float(hours))}")
    seed_all(seeder, UNTIMED)


def dissolved(hours: float) -> str:
    """What a preparation says that waited so many hours."""
    at = STARTED - round(hours * 3_600)
    return f"started_at={clock.instant(at - 1_200)} completed_at={clock.instant(at)}"
