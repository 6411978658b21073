"""What the walk's rules look up of donations: their schemes, those of a unit, and the minipools that their
samples went into."""

from datetime import date

from tests.walk.values import Typed
from tests.walk.world import World, local_day, or_none

REACTIVE = ("reactive", "repeatedly_reactive", "indeterminate")


Made = tuple[str, str]  # a donation or a minipool, and its number


def schemes(world: World, donation: Typed) -> list[tuple[date | None, Typed | None]]:
    """The day of a donation and its scheme, by each version of the centre and of the scheme."""
    found: list[tuple[date | None, Typed | None]] = []
    for zone, jurisdiction in world.places(donation["centre"]):
        day = local_day(donation["collected_at"], zone)
        kind = donation["plasma_kind"]
        holding = world.in_force(
            "screening_scheme", day, jurisdiction=jurisdiction, plasma_kind=kind
        )
        found += [(day, scheme) for scheme in holding] or [(day, None)]
    return found


def donations(world: World, unit: str) -> list[Typed | None]:
    """The donations of a unit, by each version of both; None where one is not known."""
    found: list[Typed | None] = []
    for row in world.find("plasma_unit", unit=unit):
        found += or_none(world.find("donation", donation_number=row["donation_number"]))
    return found or [None]


def minipools(world: World, *, sure: bool = False) -> dict[Made, set[Made]]:
    """From each donation and minipool to the minipools that its sample went into; sure: without
    those of which more than one laboratory has one of the same number.
    """
    mixers: dict[str, set[str]] = {}
    for _, member in world.rows("minipool_member"):
        said = {member["laboratory"]} - {None}
        mixers[member["minipool"]] = mixers.get(member["minipool"], set()) | said
    found: dict[Made, set[Made]] = {}
    for _, member in world.rows("minipool_member"):
        if sure and len(mixers[member["minipool"]]) > 1:
            continue
        found.setdefault((member["member_kind"], member["member"]), set()).add(
            ("minipool", member["minipool"])
        )
    return found
