"""Cases of the rules across records from the pack to the vial's end, made on purpose, with what
must come of each.
"""

from collections.abc import Mapping

from synthetic.cases import courses as cases_courses
from synthetic.cases import dispensing as cases_dispensing
from synthetic.cases import infusion as cases_infusion
from synthetic.cases import packs as cases_packs
from synthetic.cases import packs_uses as cases_packs_uses
from synthetic.cases import preparation as cases_preparation
from synthetic.cases import reporting_reactions as cases_reporting_reactions
from synthetic.cases import ward_links as cases_ward_links
from synthetic.cases import ward_versions as cases_ward_versions
from synthetic.cases.seeder import Seeder

FAMILIES = (
    cases_packs,
    cases_packs_uses,
    cases_dispensing,
    cases_preparation,
    cases_infusion,
    cases_courses,
    cases_reporting_reactions,
)
POSSIBLE: Mapping[str, tuple[str, ...]] = {  # the outcomes of which each rule has a case
    rule: outcomes for family in FAMILIES for rule, outcomes in family.POSSIBLE.items()
}


def all_of(seeder: Seeder, _times: int) -> None:
    """Seed every case once."""
    for family in FAMILIES:
        family.all_of(seeder)
    cases_ward_links.all_of(seeder)
    cases_ward_versions.all_of(seeder)
