"""What the walk's rules look up of infusions: whether they took place, their orders, lines, products and
preparations."""

from collections.abc import Iterator
from datetime import date

from tests.walk.values import Typed
from tests.walk.world import World, or_none

# A line of an infusion that names a preparation, and that preparation.
Line = tuple[Typed, Typed | None]


def infusions(world: World, row: Typed) -> list[Typed]:
    """The standing versions of the administration that a row names."""
    return world.find("administration", site=row["site"], administration=row["administration"])


def not_given(world: World, row: Typed) -> bool:
    """Whether every standing version of the administration that a row names says so."""
    known = infusions(world, row)
    return bool(known) and all(infusion["status"] == "not_given" for infusion in known)


def orders(world: World, infusion: Typed) -> list[Typed | None]:
    """The order of an infusion by each of its versions; None where it is not known."""
    return or_none(
        world.find(
            "treatment_order", site=infusion["site"], treatment_order=infusion["treatment_order"]
        )
    )


def lines_of(world: World, infusion: Typed) -> list[Typed]:
    """The vial lines of an infusion."""
    return world.find(
        "administration_vial", site=infusion["site"], administration=infusion["administration"]
    )


def gtins(world: World, line: Typed) -> list[str | None]:
    """The products of a vial line: its own, or those of its preparation's vials; None where one is
    not known.
    """
    if line["gtin"] is not None:
        return [line["gtin"]]
    made_of = world.find("reconstitution_vial", site=line["site"], preparation=line["preparation"])
    return [row["gtin"] for row in made_of] or [None]


def prepared(world: World, infusion: Typed) -> Iterator[Line]:
    for line in lines_of(world, infusion):
        if line["preparation"] is not None:
            known = world.find("reconstitution", site=line["site"], preparation=line["preparation"])
            yield from ((line, preparation) for preparation in or_none(known))


def may_name_none(world: World, infusion: Typed) -> bool:
    """Whether, by a choice of one version of each line, no line of an infusion names a preparation."""
    return any(
        all(line["preparation"] is None for line in chosen)
        for chosen in world.choices("administration_vial", lines_of(world, infusion))
    )


def preparations(world: World, gtin: str | None, row: Typed, day: date | None) -> list[Typed]:
    """What is in force for a product, in the concentration and the diluent of a preparation."""
    return world.in_force(
        "product_preparation",
        day,
        gtin=gtin,
        concentration_pct=row["concentration_pct"],
        diluent=row["diluent"],
    )
