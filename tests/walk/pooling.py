"""The walk's rules on pools and the units in them."""

from collections.abc import Iterator
from datetime import date, datetime

from tests.walk.donated import donations, schemes
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
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
    "D09",
    "D10",
    "U01",
    "P04.pool",
    "P04.taken",
)


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every unit in a pool, and on every pool."""
    for key, row in world.rows("pool_unit"):
        for donation in donations(world, row["unit"]):
            for day in _pooling_days(world, row):
                yield from (("D09", key, verdict) for verdict in _held(world, donation, day))
                yield "D10", key, _qualified(world, donation, day)
        yield from (("U01", key, verdict) for verdict in _at_hand(world, row))
    for key, pool in world.rows("pool"):
        yield "P04.pool", key, _filled(world, pool)
        yield "P04.taken", key, _taken(world, pool)


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
        for choice in world.choices("unit_event", events):
            yield PENDING if at is None else FINDING if _gone_or_held(choice, at) else PASS


def _gone_or_held(events: tuple[Typed, ...], pooled: datetime) -> bool:
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


def _taken(world: World, pool: Typed) -> Verdict:
    inputs = world.find(
        "lot_input",
        from_manufacturer=pool["plant"],
        from_number=pool["pool_number"],
        from_step="pool",
    )
    if not inputs:
        return NOT_APPLICABLE
    litres = [
        row if row["amount_unit"] == "L" else Typed({**row, "amount": None}) for row in inputs
    ]
    _, most, missing = total("lot_input", litres, "amount")
    if pool["volume_l"] is None:
        return PENDING
    if (most - pool["volume_l"]) * 50 > pool["volume_l"]:
        return FINDING
    return PENDING if missing else PASS
