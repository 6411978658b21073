"""The walk's rules on vial lines: whether their lots are known, were released and had not expired."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.walk.columns import KEYS
from tests.walk.given import infusions, not_given
from tests.walk.linking import Key, Node
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
    day_after,
    local_day,
    or_none,
    pending,
    worst,
)

RULES = (
    "R03.dispensed",
    "R03.given",
    "R09",
)


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every line that was handed out or given, by its lots."""
    for key, row in world.rows("dispensing"):
        lots = world.lots("dispensing", key)
        yield "R03.dispensed", key, _in_date(world, lots, row["dispensed_at"])
        if world.leads_nowhere("dispensing", row):
            yield "R03.dispensed", key, PENDING
    for key, row in world.rows("administration_vial"):
        linked = world.lots("administration_vial", key)
        nowhere = world.leads_nowhere("administration_vial", row)
        for infusion in or_none(infusions(world, row)):
            if not_given(world, row):
                yield "R03.given", key, NOT_APPLICABLE
                yield "R09", key, NOT_APPLICABLE
                continue
            known = infusion is not None and not nowhere
            in_date = _in_date(world, linked, infusion["started_at"]) if infusion else PENDING
            yield "R03.given", key, in_date if known or in_date == FINDING else PENDING
            for due in _dues(world, infusion):
                yield "R09", key, _linked(world, linked, due)
                if nowhere:
                    yield "R09", key, ("pending", due)


def _in_date(world: World, lots: set[Node], at: datetime | None) -> Verdict:
    if at is None:
        return PENDING
    return worst(
        [
            verdict
            for lot in lots
            for verdict in (_released(world, lot, at), _expired(world, lot, at))
        ]
        or [PENDING]
    )


def _released(world: World, lot: Node, at: datetime) -> Verdict:
    """Whether one of a lot's releases came before; of a contested one the latest time counts."""
    releases: dict[Key, list[Any]] = {}
    for row in world.find("official_release", manufacturer=lot[0], lot_number=lot[1]):
        releases.setdefault(tuple(row[c] for c in KEYS["official_release"]), []).append(
            row["released_at"]
        )
    if releases and all(any(time and time > at for time in times) for times in releases.values()):
        return FINDING
    return (
        PENDING
        if all(any(not time or time > at for time in times) for times in releases.values())
        else PASS
    )


def _expired(world: World, lot: Node, at: datetime) -> Verdict:
    rows = world.find("lot", manufacturer=lot[0], lot_number=lot[1], step="packed")
    expiries = [row["expires_on"] for row in rows]
    if any(expiry and expiry < at.date() for expiry in expiries):
        return FINDING
    return PENDING if None in expiries or not expiries else PASS


def _dues(world: World, infusion: Typed | None) -> Iterator[str | None]:
    """When the lot of a vial must be known, by each version of the site and of its clock."""
    for zone, jurisdiction in world.places(infusion["site"]) if infusion else []:
        day = local_day(infusion["started_at"], zone) if infusion else None
        clocks = world.in_force(
            "reporting_clock", day, jurisdiction=jurisdiction, event="unlinked_vial"
        )
        yield from (pending(day and day_after(day, clock["days"]))[1] for clock in clocks)
        if not clocks:
            yield None
    if infusion is None:
        yield None


def _linked(world: World, lots: set[Node], due: str | None) -> Verdict:
    if len(lots) > 1:
        return FINDING
    above = {step for lot in lots for _, _, step in world.lots_above(lot)}
    return PASS if above & {"pool", "external"} else ("pending", due)
