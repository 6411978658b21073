"""The walk's rules across records: docs/judging.md once more, in loops over dicts. One outcome a
subject and rule.
"""

from tests.walk import (
    courses,
    deferrals,
    dispensing,
    donors,
    drying,
    inactivation,
    infusion,
    packs,
    pooling,
    preparation,
    release,
    reporting,
    screening,
    units,
)
from tests.walk.world import Outcomes, World, worst

FAMILIES = {
    "donors": donors,
    "screening": screening,
    "deferrals": deferrals,
    "units": units,
    "pooling": pooling,
    "inactivation": inactivation,
    "drying": drying,
    "release": release,
    "packs": packs,
    "dispensing": dispensing,
    "preparation": preparation,
    "infusion": infusion,
    "courses": courses,
    "reporting": reporting,
}
RULES = tuple(rule for family in FAMILIES.values() for rule in family.RULES)


def outcomes(world: World) -> Outcomes:
    """The outcome of every rule by subject, and where it is pending, the day on which it is due."""
    found: Outcomes = {rule: {} for rule in RULES}
    for name, family in FAMILIES.items():
        for rule, subject, verdict in family.judged(world, found):
            assert rule in family.RULES, f"{rule} is none of the family {name}"
            # A family sees what was found so far, of its own earlier rules too.
            found[rule][subject] = worst([verdict, found[rule].get(subject, verdict)])
    return found
