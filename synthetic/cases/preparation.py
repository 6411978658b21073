"""Cases of preparations: diluent and volume (R04), and how long a solution waited for its infusion
(R05).
"""

from synthetic.cases import ward_infusion as cases
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING, Values
from synthetic.cases.seeder import Seeder
from synthetic.world import clock
from synthetic.world.reference_product import OLD

POSSIBLE = {"R04": (PASS, PENDING, FINDING), "R05": (NOT_APPLICABLE, PASS, PENDING, FINDING)}
BY_SERIAL: Values = {"lot_number": ""}  # as the lot itself has another GTIN
STARTED = 256 * clock.DAY + 36_000  # of seeded infusions
VOLUMES = (
    ("192", PASS),
    ("207.36", PASS),
    ("207.37", FINDING),
    ("176.64", PASS),
    ("100", FINDING),
    ("", PENDING),
)


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    for volume, outcome in VOLUMES:  # within 8 % of 192 mL, or not
        cases.seed(seeder, {"R04": outcome}, preparation={"volume_ml": volume})
    _diluents(seeder)
    _waits(seeder)


def _diluents(seeder: Seeder) -> None:
    """Salt water, a strength that the licence has not, one that nobody told, and a product that is
    no more.
    """
    unknown = {"R06": PENDING}  # nobody says how fast that may run
    cases.seed(seeder, {"R04": FINDING, **unknown}, preparation={"diluent": "NaCl"})
    cases.seed(seeder, {"R04": FINDING, **unknown}, preparation={"concentration_pct": "7"})
    cases.seed(seeder, {"R04": PENDING, **unknown}, preparation={"concentration_pct": ""})
    cases.seed(seeder, {"R04": PASS}, preparation={"concentration_pct": "10", "volume_ml": "96"})
    cases.seed(
        seeder,
        {"R04": PENDING, "R05": PENDING, "R06": PENDING, "R08": PENDING},
        ("prepared", "line"),
    )
    gone = {"R04": FINDING, "R05": PENDING, "R06": PENDING, "R08": PENDING}
    cases.seed(
        seeder,
        gone,
        pack={"gtin": OLD, "content_g": "2.5"},
        prepared=BY_SERIAL,
        line={"given_g": "2.5", **BY_SERIAL},
    )


def _waits(seeder: Seeder) -> None:
    """Two hours at the bench, a day in laminar flow where it was cold; longer; and before it was
    dissolved.
    """
    cold, warm = (
        {"place": "laminar_flow", "stored_c": "5"},
        {"place": "laminar_flow", "stored_c": "9"},
    )
    for hours, more, outcome in (
        (2.0, {}, PASS),
        (2.1, {}, FINDING),
        (-0.1, {}, FINDING),
        (24.0, cold, PASS),
        (24.1, cold, FINDING),
        (2.1, warm, FINDING),
        (1.9, warm, PASS),
        (2.1, {**cold, "stored_c": ""}, FINDING),
    ):
        cases.seed(seeder, {"R05": outcome}, preparation={**more, **dissolved(hours)})
    cases.seed(seeder, {"R05": PENDING}, preparation={"completed_at": ""})
    cases.seed(seeder, {"R05": PENDING, "R06": PENDING}, ("preparation",))


def dissolved(hours: float) -> Values:
    """A preparation that waited so many hours."""
    at = STARTED - round(hours * 3_600)
    return {"started_at": clock.instant(at - 1_200), "completed_at": clock.instant(at)}
