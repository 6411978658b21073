"""Cases of the rules across records from the pack to the vial's end, made on purpose, with what
must come of each.
"""

from synthetic.cases import (
    courses,
    dispensing,
    infusion,
    packs,
    packs_uses,
    preparation,
    reporting_reactions,
    ward_links,
    ward_versions,
)
from synthetic.cases.seeder import Seeder

FAMILIES = (
    packs,
    packs_uses,
    dispensing,
    preparation,
    infusion,
    courses,
    reporting_reactions,
    ward_links,
    ward_versions,
)


def all_of(seeder: Seeder, _times: int) -> None:
    """Seed every case once."""
    for family in FAMILIES:
        family.all_of(seeder)
