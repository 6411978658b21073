"""Cases of the rules across records, made on purpose, with what must come of each: up to the packed
lot.
"""

from synthetic.cases import deferrals as cases_deferrals
from synthetic.cases import donors as cases_donors
from synthetic.cases import drying as cases_drying
from synthetic.cases import inactivation as cases_inactivation
from synthetic.cases import inactivation_methods as cases_inactivation_methods
from synthetic.cases import law as cases_law
from synthetic.cases import pooling as cases_pooling
from synthetic.cases import release as cases_release
from synthetic.cases import reporting as cases_reporting
from synthetic.cases import screening as cases_screening
from synthetic.cases import screening_pools as cases_screening_pools
from synthetic.cases import units as cases_units
from synthetic.cases import versions as cases_versions
from synthetic.cases.seeder import Seeder
from synthetic.cases.world import Cases

# Their order is that of their numbers in the files.
CASES = (
    cases_donors.all_of,
    cases_screening.all_of,
    cases_deferrals.all_of,
    cases_units.all_of,
    cases_screening_pools.screened,
    cases_pooling.all_of,
    cases_screening_pools.pool_markers,
    cases_pooling.pool_volumes,
    cases_inactivation.all_of,
    cases_drying.all_of,
    cases_release.all_of,
    cases_inactivation_methods.viruses,
    cases_release.round_about,
    cases_reporting.all_of,
    cases_versions.all_of,
)


def all_of(seeder: Seeder, times: int) -> None:
    """Seed every case once; what they refer to only the first time."""
    if not times:
        cases_law.seed(seeder)
    cases = Cases(seeder, times)
    for seed in CASES:
        seed(cases)
