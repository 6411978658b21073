"""The walk's rules across records on plasma units, units in pools, and pools."""

from collections.abc import Iterator
from datetime import date, datetime

from tests.walk.donors import schemes
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


def judged(world: World, so_far: Outcomes) -> Judged:
    """Every verdict on every unit, unit in a pool, and pool."""
    for key, unit in world.rows("plasma_unit"):
        pooled = world.find("pool_unit", unit=unit["unit"])
        yield from (("D08", key, verdict) for verdict in _stored(world, unit))
        yield "P04.draw", key, _drawn(unit, pooled)
        yield "P05", key, _once(pooled)
    for key, row in world.rows("pool_unit"):
        for donation in donations(world, row["unit"]):
            yield "D07.pooled", key, _screened(donation, so_far)
            for day in _pooling_days(world, row):
                yield from (("D09", key, verdict) for verdict in _held(world, donation, day))
                yield "D10", key, _qualified(world, donation, day)
        yield from (("U01", key, verdict) for verdict in _at_hand(world, row))
    for key, pool in world.rows("pool"):
        yield "P04.pool", key, _filled(world, pool)


def donations(world: World, unit: str) -> list[Typed | None]:
    """The donations of a unit, by each version of both; None where one is not known."""
    found: list[Typed | None] = []
    for row in world.find("plasma_unit", unit=unit):
        found += or_none(world.find("donation", donation_number=row["donation_number"]))
    return found or [None]


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


def _screened(donation: Typed | None, so_far: Outcomes) -> Verdict:
    if donation is None:
        return PENDING
    screened, earlier = (
        so_far[rule][donation["donation_number"],][0] for rule in ("D07", "D07.earlier")
    )
    if "finding" in (screened, earlier):
        return FINDING
    return PENDING if screened == "pending" else PASS


def _pooling_days(world: World, row: Typed) -> list[date | None]:
    """The days of a unit's pool at its plant; None where the pool or its time is not known."""
    pools = world.find("pool", plant=row["plant"], pool_number=row["pool_number"])
    return [day for pool in pools for day in world.days(pool["pooled_at"], pool["plant"])] or [None]


def _held(world: World, donation: Typed | None, pooled: date | None) -> Iterator[Verdict]:
    for given, scheme in schemes(world, donation) if donation else [(None, None)]:
        if scheme is not None and scheme["hold_days"] is None:
            yield NOT_APPLICABLE
        elif scheme is None or given is None or pooled is None:
            yield PENDING
        else:
            yield FINDING if (pooled - given).days < scheme["hold_days"] else PASS


def _qualified(world: World, donation: Typed | None, pooled: date | None) -> Verdict:
    if donation and donation["plasma_kind"] == "recovered":
        return NOT_APPLICABLE
    if donation is None or pooled is None:
        return PENDING
    donors = [
        donor
        for donor in world.of_person("donor", "donor", donation["donor_key"])
        if donor["as_of"] <= pooled
    ]
    said = {
        donor["status"]
        for donor in donors
        if donor["as_of"] == max(other["as_of"] for other in donors)
    }
    if said - {"qualified", None}:
        return FINDING
    return PASS if said == {"qualified"} else PENDING


def _at_hand(world: World, row: Typed) -> Iterator[Verdict]:
    """Whether the unit could be pooled, by each version of its pool."""
    events = world.find("unit_event", unit=row["unit"])
    for pool in or_none(world.find("pool", plant=row["plant"], pool_number=row["pool_number"])):
        at = pool["pooled_at"] if pool else None
        yield PENDING if at is None else FINDING if _gone_or_held(events, at) else PASS


def _gone_or_held(events: list[Typed], pooled: datetime) -> bool:
    before = [event for event in events if event["at"] and event["at"] < pooled]
    holds = [event for event in before if event["kind"] in ("held", "let_go")]
    last = max((event["at"] for event in holds), default=None)
    gone = any(event["kind"] in ("destroyed", "other_use") for event in before)
    return gone or any(event["kind"] == "held" and event["at"] == last for event in holds)


def _filled(world: World, pool: Typed) -> Verdict:
    units = world.find("pool_unit", plant=pool["plant"], pool_number=pool["pool_number"])
    least, most, missing = total("pool_unit", units, "volume_ml")
    if pool["volume_l"] is None or not units:
        return PENDING
    wanted = pool["volume_l"] * 1000
    short = least is not None and (wanted - least) * 50 > wanted
    if short or (most - wanted) * 50 > wanted:
        return FINDING
    return PENDING if missing else PASS
