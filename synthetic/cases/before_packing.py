"""Cases of the rules across records, made on purpose, with what must come of each: up to the packed
lot.
"""

from synthetic.cases import (
    deferrals,
    donors,
    drying,
    inactivation,
    inactivation_methods,
    law,
    pooling,
    release,
    reporting,
    screening,
    screening_pools,
    units,
    versions,
)
from synthetic.cases.seeder import Seeder
from synthetic.cases.world import Cases

# Their order is that of their numbers in the files.
CASES = (
    donors.all_of,
    screening.all_of,
    deferrals.all_of,
    units.all_of,
    screening_pools.screened,
    pooling.all_of,
    screening_pools.pool_markers,
    pooling.pool_volumes,
    inactivation.all_of,
    drying.all_of,
    release.all_of,
    inactivation_methods.viruses,
    release.round_about,
    reporting.all_of,
    versions.all_of,
)


def all_of(seeder: Seeder, times: int) -> None:
    """Seed every case once; what they refer to only the first time."""
    if not times:
        law.seed(seeder)
    cases = Cases(seeder, times)
    for seed in CASES:
        seed(cases)
