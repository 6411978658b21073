"""The walk's rules on plasma units: how they were stored, and how much of them went where."""

from collections.abc import Iterator

from tests.walk.donated import schemes
from tests.walk.values import Typed
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
    total,
)

RULES = (
    "D08",
    "P04.draw",
    "P05",
)


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every unit."""
    for key, unit in world.rows("plasma_unit"):
        pooled = world.find("pool_unit", unit=unit["unit"])
        yield from (("D08", key, verdict) for verdict in _stored(world, unit))
        yield "P04.draw", key, _drawn(unit, pooled)
        yield "P05", key, _once(pooled)


def _stored(world: World, unit: Typed) -> Iterator[Verdict]:
    for donation in or_none(world.find("donation", donation_number=unit["donation_number"])):
        for _, scheme in schemes(world, donation) if donation else [(None, None)]:
            yield _warmth(world, unit, scheme)


def _warmth(world: World, unit: Typed, scheme: Typed | None) -> Verdict:
    if scheme is None:
        return PENDING
    if scheme["storage_max_c"] is None:
        return NOT_APPLICABLE
    if unit["storage_max_c"] is None:
        return PENDING
    if unit["storage_max_c"] <= scheme["storage_max_c"]:
        return PASS
    relabelled = world.certain("unit_event", unit=unit["unit"], kind="relabelled")
    return NOTICE if _one_thaw(unit, scheme) or relabelled else FINDING


def _one_thaw(unit: Typed, scheme: Typed) -> bool:
    """Whether a unit was too warm no more, and no longer, than one episode may last."""
    warmest, lasted = scheme["thaw_max_c"], scheme["thaw_h"]
    if warmest is None or lasted is None or unit["above_limit_h"] is None:
        return False
    return bool(unit["storage_max_c"] <= warmest and unit["above_limit_h"] <= lasted)


def _drawn(unit: Typed, pooled: list[Typed]) -> Verdict:
    if not pooled:
        return NOT_APPLICABLE
    _, most, missing = total("pool_unit", pooled, "volume_ml")
    if unit["volume_ml"] is not None and most > unit["volume_ml"]:
        return FINDING
    return PENDING if missing or unit["volume_ml"] is None else PASS


def _once(pooled: list[Typed]) -> Verdict:
    pools = {(row["plant"], row["pool_number"]) for row in pooled}
    return FINDING if len(pools) > 1 else PASS if pools else NOT_APPLICABLE
