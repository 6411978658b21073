"""Cases of the rules across records, made on purpose, with what must come of each: up to the packed
lot.
"""

from synthetic.cases import donors as cases_donors
from synthetic.cases import drying as cases_drying
from synthetic.cases import inactivation as cases_inactivation
from synthetic.cases import law as cases_law
from synthetic.cases import release as cases_release
from synthetic.cases import reporting as cases_reporting
from synthetic.cases import screening as cases_screening
from synthetic.cases import units as cases_units
from synthetic.cases import versions as cases_versions
from synthetic.cases.seeder import Seeder
from synthetic.cases.world import Cases

FAMILIES = (
    cases_donors,
    cases_screening,
    cases_units,
    cases_inactivation,
    cases_drying,
    cases_release,
    cases_reporting,
    cases_versions,
)


def all_of(seeder: Seeder, times: int) -> None:
    """Seed every case once; what they refer to only the first time."""
    if not times:
        cases_law.seed(seeder)
    cases = Cases(seeder, times)
    for family in FAMILIES:
        family.all_of(cases)
