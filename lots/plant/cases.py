"""Cases of the rules across records, made on purpose, with what must come of each: up to the packed
lot.
"""

from lots.plant import (
    cases_clocks,
    cases_donors,
    cases_drying,
    cases_law,
    cases_lots,
    cases_screening,
    cases_units,
    cases_versions,
    cases_virus,
)
from lots.plant.cases_world import Cases
from lots.plant.planter import Planter

FAMILIES = (
    cases_donors,
    cases_screening,
    cases_units,
    cases_virus,
    cases_drying,
    cases_lots,
    cases_clocks,
    cases_versions,
)


def all_of(planter: Planter, times: int) -> None:
    """Plant every case once; what they refer to only the first time."""
    if not times:
        cases_law.plant(planter)
    cases = Cases(planter, times)
    for family in FAMILIES:
        family.all_of(cases)
