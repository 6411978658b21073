"""Cases of the rules across records from the pack to the vial's end, made on purpose, with what
must come of each.
"""

from collections.abc import Mapping

from synthetic.cases import ward_courses as cases_ward_courses
from synthetic.cases import ward_infusions as cases_ward_infusions
from synthetic.cases import ward_links as cases_ward_links
from synthetic.cases import ward_lots as cases_ward_lots
from synthetic.cases import ward_packs as cases_ward_packs
from synthetic.cases import ward_preparing as cases_ward_preparing
from synthetic.cases import ward_uses as cases_ward_uses
from synthetic.cases import ward_versions as cases_ward_versions
from synthetic.cases.planter import Planter

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
