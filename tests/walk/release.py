"""The walk's rules on packed lots, and on the lineage as a whole."""

import itertools
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.walk.donated import donations
from tests.walk.linking import Node, below, nodes, turned
from tests.walk.measures import size
from tests.walk.values import Typed, unread
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    or_none,
    versions,
    worst,
)

RULES = (
    "P01",
    "P02",
    "S02",
    "X02",
)


Givers = frozenset[frozenset[str] | None]


Donors = tuple[set[frozenset[str]], bool]  # the persons, and whether somebody else is not known


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every packed lot and node of the lineage."""
    known: dict[frozenset[Node], list[Donors]] = {}
    for key, lot in world.rows("lot"):
        if lot["step"] == "packed":
            node = (lot["manufacturer"], lot["lot_number"], "packed")
            above = world.lots_above(node)
            pools = frozenset(other for other in above if other[2] == "pool")
            choices = known[pools] = known[pools] if pools in known else list(_donors(world, pools))
            for day in world.days(lot["made_at"], lot["manufacturer"]):
                for product, donors in itertools.product(_products(world, lot, day), choices):
                    yield "P01", key, _enough(above, donors, product)
                    yield "P02", key, _too_many(donors, product)
                yield "S02", key, _tested(world, lot, day)
    yield from _rounds(world)


def _products(world: World, lot: Typed, day: date | None) -> list[Typed | None]:
    return or_none(world.in_force("product", day, gtin=lot["gtin"]))


def _donors(world: World, pools: frozenset[Node]) -> Iterator[Donors]:
    """The donors of some pools as persons, and whether somebody is not known, by each choice of
    contested versions.
    """
    units: set[Givers] = set() if pools else {frozenset([None])}
    for plant, number, _ in pools:
        pooled = world.find("pool_unit", plant=plant, pool_number=number)
        units |= {_givers(world, row["unit"]) for row in pooled} or {frozenset([None])}
    for chosen in itertools.product(*units):
        yield {person for person in chosen if person}, None in chosen


def _givers(world: World, unit: str) -> Givers:
    """The persons who may have given a unit, by each version of its donation; None where that is
    not known.
    """
    keys = {donation["donor_key"] if donation else None for donation in donations(world, unit)}
    return frozenset(world.person("donor", key) if key else None for key in keys)


def _enough(above: set[Node], donors: Donors, product: Typed | None) -> Verdict:
    steps = {step for _, _, step in above}
    if "pool" not in steps and "external" in steps:
        return NOT_APPLICABLE
    if product is not None and product["donors_min"] is None:
        return NOT_APPLICABLE
    if product is None or "pool" not in steps:
        return PENDING
    persons, unknown = donors
    return PASS if len(persons) >= product["donors_min"] else PENDING if unknown else FINDING


def _too_many(donors: Donors, product: Typed | None) -> Verdict:
    if product is None:
        return PENDING
    if product["donors_max"] is None:
        return NOT_APPLICABLE
    return NOTICE if len(donors[0]) > product["donors_max"] else PASS


def _tested(world: World, lot: Typed, day: date | None) -> Verdict:
    wanted = world.in_force("lot_test_specification", day, gtin=lot["gtin"])
    return worst([_test(world, lot, specification) for specification in wanted] or [PENDING])


def _test(world: World, lot: Typed, wanted: Typed) -> Verdict:
    results = [
        row
        for step in ("dried", "packed")
        for row in world.find(
            "lot_test",
            manufacturer=lot["manufacturer"],
            lot_number=lot["lot_number"],
            step=step,
            test=wanted["test"],
        )
        if row["conclusion"] != "invalid"
    ]
    if any(
        row["conclusion"] == "failed" or _out(_measured(row, wanted), wanted) for row in results
    ):
        return FINDING
    limited = wanted["low"] is not None or wanted["high"] is not None
    good = [
        row
        for row in results
        if row["conclusion"] == "passed" and not (limited and _measured(row, wanted) is None)
    ]
    return (
        PASS
        if any(world.surely("lot_test", several) for several in versions("lot_test", good))
        else PENDING
    )


def _measured(row: Typed, wanted: Typed) -> Fraction | None:
    """A test's value in the specification's unit; None where it is in none that can be turned into
    it.
    """
    theirs, ours = row["value_unit"] or "", wanted["value_unit"] or ""
    if row["value"] is None or unread(row, "value_unit"):
        return None
    one, other = size(theirs), size(ours)
    if one and other and one[0] == other[0]:
        return Fraction(row["value"]) * one[1] / other[1]
    return Fraction(row["value"]) if theirs == ours else None


def _out(value: Fraction | None, wanted: Typed) -> bool:
    if value is None:
        return False
    low, high = wanted["low"], wanted["high"]
    return bool((low is not None and value < low) or (high is not None and value > high))


def _rounds(world: World) -> Judged:
    """X02 of every node: whether it is its own ancestor through others."""
    ways = turned(world.above)
    after = {node: below(node, ways) for node in nodes(world.accepted)}
    for node, others in after.items():
        yield "X02", node, FINDING if any(node in after[other] for other in others) else PASS
