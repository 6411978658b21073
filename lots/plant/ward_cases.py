"""Cases of the rules across records from the pack to the vial's end, made on purpose, with what
must come of each.
"""

from collections.abc import Mapping

from lots.plant import (
    cases_ward_courses,
    cases_ward_infusions,
    cases_ward_links,
    cases_ward_lots,
    cases_ward_packs,
    cases_ward_preparing,
    cases_ward_uses,
    cases_ward_versions,
)
from lots.plant.planter import Planter

FAMILIES = (
    cases_ward_packs,
    cases_ward_uses,
    cases_ward_lots,
    cases_ward_preparing,
    cases_ward_infusions,
    cases_ward_courses,
)
POSSIBLE: Mapping[str, tuple[str, ...]] = {  # the outcomes of which each rule has a case
    rule: outcomes for family in FAMILIES for rule, outcomes in family.POSSIBLE.items()
}


def all_of(planter: Planter, _times: int) -> None:
    """Plant every case once."""
    for family in FAMILIES:
        family.all_of(planter)
    cases_ward_links.all_of(planter)
    cases_ward_versions.all_of(planter)
