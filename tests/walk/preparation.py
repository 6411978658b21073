"""The walk's rules on preparations: their diluent and volume, and their age at the infusion."""

from datetime import date, timedelta
from decimal import Decimal

from tests.walk.given import Line, gtins, may_name_none, not_given, preparations, prepared
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
    hours,
    worst,
)

RULES = (
    "R04",
    "R05",
)


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every preparation, and on every infusion by what was prepared for it."""
    for key, row in world.rows("reconstitution"):
        yield from (
            ("R04", key, _diluted(world, row, day))
            for day in world.days(row["started_at"], row["site"])
        )
    for key, infusion in world.rows("administration"):
        if not_given(world, infusion):
            yield "R05", key, NOT_APPLICABLE
            continue
        lines = list(prepared(world, infusion))
        unprepared = [PENDING] if may_name_none(world, infusion) else []
        for day in world.days(infusion["started_at"], infusion["site"]):
            ages = [_age(world, infusion, line, day) for line in lines]
            yield "R05", key, worst([*ages, *unprepared])


def _diluted(world: World, row: Typed, day: date | None) -> Verdict:
    lines = world.find("reconstitution_vial", site=row["site"], preparation=row["preparation"])
    known = [bool(world.find("product_preparation", gtin=line["gtin"])) for line in lines]
    wanted = [preparations(world, line["gtin"], row, day) for line in lines]
    asked = day is not None and None not in (row["concentration_pct"], row["diluent"])
    if asked and any(some and not holding for some, holding in zip(known, wanted, strict=True)):
        return FINDING
    if not lines or not asked or not all(known):
        return PENDING
    return _volume(row["volume_ml"], lines, wanted)


def _volume(volume: Decimal | None, lines: list[Typed], wanted: list[list[Typed]]) -> Verdict:
    """Whether a volume is what the vials take, within the smallest tolerance; of contested ones the
    worst counts.
    """
    tolerance = min(
        (
            row["tolerance_pct"]
            for rows in wanted
            for row in rows
            if row["tolerance_pct"] is not None
        ),
        default=None,
    )
    if tolerance is None:
        return PENDING
    amounts: dict[int, list[Decimal | None]] = {}
    for line, rows in zip(lines, wanted, strict=True):
        amounts.setdefault(line["item"], []).extend(
            _times(line["vials"], row["diluent_ml"]) for row in rows
        )
    known = [[amount for amount in several if amount is not None] for several in amounts.values()]
    ends = [sum(map(end, known), Decimal(0)) for end in (min, max)] if all(known) else []
    if volume is not None and any(abs(volume - end) * 100 > tolerance * end for end in ends):
        return FINDING
    return (
        PENDING if volume is None or any(None in several for several in amounts.values()) else PASS
    )


def _times(vials: int | None, each: Decimal | None) -> Decimal | None:
    return None if vials is None or each is None else vials * each


def _age(world: World, infusion: Typed, prepared: Line, day: date | None) -> Verdict:
    line, preparation = prepared
    started, completed = (
        infusion["started_at"],
        preparation["completed_at"] if preparation else None,
    )
    products = [world.in_force("product", day, gtin=gtin) for gtin in gtins(world, line)]
    limits = [_may_wait(preparation, product) for rows in products for product in rows]
    known = [limit for limit in limits if limit is not None]
    if preparation and all(products) and not known:
        return NOT_APPLICABLE
    if started is None or completed is None:
        return PENDING
    if started < completed or (known and started - completed > min(known)):
        return FINDING
    return PASS if all(products) else PENDING


def _may_wait(preparation: Typed | None, product: Typed) -> timedelta | None:
    """How long a preparation may wait for its infusion."""
    stored = preparation["stored_c"] if preparation else None
    laminar = preparation is not None and preparation["place"] == "laminar_flow"
    cold = stored is not None and 2 <= stored <= 8
    limit = (
        product["laminar_h"]
        if laminar and cold and product["laminar_h"] is not None
        else product["bench_h"]
    )
    return None if limit is None else hours(limit)
