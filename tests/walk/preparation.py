"""The walk's rules across records on preparations: their volume, their age at the infusion, and how
fast it ran.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.walk.dispensing import not_given
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    PASS,
    PENDING,
    Judged,
    Verdict,
    World,
    hours,
    or_none,
    worst,
)

RISKS = ("heart_failure", "kidney", "diabetes", "circulation", "thrombosis")
# A line of an infusion that names a preparation, and that preparation.
Line = tuple[Typed, Typed | None]


def judged(world: World) -> Judged:
    """Every verdict on every preparation, and on every infusion by what was prepared for it."""
    for key, row in world.rows("reconstitution"):
        yield from (
            ("R04", key, _diluted(world, row, day))
            for day in world.days(row["started_at"], row["site"])
        )
    for key, infusion in world.rows("administration"):
        if not_given(world, infusion):
            yield "R05", key, NOT_APPLICABLE
            yield "R06", key, NOT_APPLICABLE
            continue
        lines = list(_prepared(world, infusion))
        for day in world.days(infusion["started_at"], infusion["site"]):
            yield (
                "R05",
                key,
                worst([_age(world, infusion, line, day) for line in lines] or [PENDING]),
            )
            wanted = [
                _preparations(world, gtin, row, day) if row else []
                for line, row in lines
                for gtin in gtins(world, line)
            ]
            yield (
                "R06",
                key,
                worst(
                    [
                        _speed(_rates(world, infusion), order, wanted)
                        for order in orders(world, infusion)
                    ]
                ),
            )


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


def _prepared(world: World, infusion: Typed) -> Iterator[Line]:
    for line in lines_of(world, infusion):
        if line["preparation"] is not None:
            known = world.find("reconstitution", site=line["site"], preparation=line["preparation"])
            yield from ((line, preparation) for preparation in or_none(known))


def _preparations(world: World, gtin: str | None, row: Typed, day: date | None) -> list[Typed]:
    """What is in force for a product, in the concentration and the diluent of a preparation."""
    return world.in_force(
        "product_preparation",
        day,
        gtin=gtin,
        concentration_pct=row["concentration_pct"],
        diluent=row["diluent"],
    )


def _diluted(world: World, row: Typed, day: date | None) -> Verdict:
    lines = world.find("reconstitution_vial", site=row["site"], preparation=row["preparation"])
    adopted = [bool(world.find("product_preparation", gtin=line["gtin"])) for line in lines]
    wanted = [_preparations(world, line["gtin"], row, day) for line in lines]
    asked = day is not None and None not in (row["concentration_pct"], row["diluent"])
    if asked and any(known and not holding for known, holding in zip(adopted, wanted, strict=True)):
        return FINDING
    if not lines or not asked or not all(adopted):
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
        return NOT_APPLICABLE
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


def _rates(world: World, infusion: Typed) -> list[Decimal | None]:
    rows = world.find(
        "infusion_rate", site=infusion["site"], administration=infusion["administration"]
    )
    return [row["rate_ml_h"] for row in rows]


def _speed(rates: list[Decimal | None], order: Typed | None, wanted: list[list[Typed]]) -> Verdict:
    limits = [limit for rows in wanted for row in rows for limit in _limits(row, order)]
    weight = order["weight_kg"] if order else None
    if order and wanted and all(wanted) and not limits:
        return NOT_APPLICABLE
    if (
        weight is not None
        and limits
        and any(rate is not None and rate > min(limits) * weight for rate in rates)
    ):
        return FINDING
    missing = weight is None or not rates or None in rates or not wanted or not all(wanted)
    return PENDING if missing else PASS


def _limits(row: Typed, order: Typed | None) -> list[Decimal]:
    """The fastest rate, and the one for a patient at risk."""
    at_risk = order is not None and any(order[risk] == "yes" for risk in RISKS)
    limits = [row["rate_max_ml_kg_h"], *([row["rate_risk_ml_kg_h"]] if at_risk else [])]
    return [limit for limit in limits if limit is not None]
