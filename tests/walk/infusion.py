"""The walk's rules on infusions: how fast, how much of a vial and of a day, and of which product."""

from datetime import date
from decimal import Decimal

from tests.walk.given import (
    gtins,
    infusions,
    lines_of,
    may_name_none,
    not_given,
    orders,
    preparations,
    prepared,
)
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
    worst,
)

RULES = (
    "R06",
    "R07",
    "R07.daily",
    "R08",
)


DAILY_G_KG = 1


RISKS = ("heart_failure", "kidney", "diabetes", "circulation", "thrombosis")


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on what vial lines gave, and on infusions by their order."""
    for key, line in world.rows("administration_vial"):
        for infusion in or_none(infusions(world, line)):
            yield "R07", key, _accounted(world, line, infusion)
    for key, infusion in world.rows("administration"):
        for order in orders(world, infusion):
            for day in world.days(infusion["started_at"], infusion["site"]):
                yield "R06", key, _fast(world, infusion, order, day)
                yield "R07.daily", key, _daily(world, infusion, order, day)
                yield "R08", key, _without_iga(world, infusion, order, day)


def _fast(world: World, infusion: Typed, order: Typed | None, day: date | None) -> Verdict:
    if not_given(world, infusion):
        return NOT_APPLICABLE
    wanted = [
        preparations(world, gtin, row, day) if row else []
        for line, row in prepared(world, infusion)
        for gtin in gtins(world, line)
    ]
    unprepared = [PENDING] if may_name_none(world, infusion) else []
    return worst([_speed(_rates(world, infusion), order, wanted), *unprepared])


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


def _accounted(world: World, line: Typed, infusion: Typed | None) -> Verdict:
    if infusion is None:
        return PENDING
    if not_given(world, infusion):
        return NOT_APPLICABLE
    return worst(
        [
            _sums_up(line, content)
            for day in world.days(infusion["started_at"], infusion["site"])
            for content in _contents(world, line, day)
        ]
    )


def _contents(world: World, line: Typed, day: date | None) -> list[Decimal | None]:
    """The grams of a vial: by the pack, else by the product in force; None where not known."""
    products = [row["content_g"] for row in world.in_force("product", day, gtin=line["gtin"])]
    found: list[Decimal | None] = []
    for pack in or_none(world.find("pack", gtin=line["gtin"], serial=line["serial"])):
        content = pack["content_g"] if pack else None
        found += (products or [None]) if content is None else [content]
    return found


def _sums_up(line: Typed, content: Decimal | None) -> Verdict:
    if content is None or None in (line["given_g"], line["wasted_g"], line["vials"]):
        return PENDING
    wanted = content * line["vials"]
    return FINDING if abs(line["given_g"] + line["wasted_g"] - wanted) * 20 > wanted else PASS


def _daily(world: World, infusion: Typed, order: Typed | None, day: date | None) -> Verdict:
    if not_given(world, infusion):
        return NOT_APPLICABLE
    if order is None or order["indication"] is None:
        return PENDING
    if order["indication"] != "MS":
        return NOT_APPLICABLE
    if order["weight_kg"] is None or infusion["patient_key"] is None or day is None:
        return PENDING
    _, most, missing = total(
        "administration_vial", _lines_of_day(world, infusion["patient_key"], day), "given_g"
    )
    if missing:
        return PENDING
    return NOTICE if most > DAILY_G_KG * order["weight_kg"] else PASS


def _lines_of_day(world: World, patient: str, day: date) -> list[Typed]:
    """The vial lines of all that a person was given on a day, at each site by its own day."""
    given = {
        (row["site"], row["administration"]): row
        for row in world.of_person("administration", "patient", patient)
        if not not_given(world, row) and day in world.days(row["started_at"], row["site"])
    }
    return [line for row in given.values() for line in lines_of(world, row)]


def _without_iga(world: World, infusion: Typed, order: Typed | None, day: date | None) -> Verdict:
    if not_given(world, infusion) or (order and order["iga_deficiency"] != "yes"):
        return NOT_APPLICABLE
    lines = lines_of(world, infusion)
    products = [
        world.in_force("product", day, gtin=gtin) for line in lines for gtin in gtins(world, line)
    ]
    said = {product["low_iga"] for rows in products for product in rows}
    if order is None:
        return PENDING
    if "no" in said:
        return FINDING
    return PASS if lines and all(products) and None not in said else PENDING
