"""The walk's rules across records on doses: what a vial gave, what a patient got in a day, and of
which product.
"""

from datetime import date
from decimal import Decimal

from tests.walk.dispensing import infusions, not_given
from tests.walk.preparation import gtins, lines_of, orders
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Verdict,
    World,
    or_none,
    total,
    worst,
)

DAILY_G_KG = 1


def judged(world: World) -> Judged:
    """Every verdict on what vial lines gave, and on infusions by their order."""
    for key, line in world.rows("administration_vial"):
        for infusion in or_none(infusions(world, line)):
            yield "R07", key, _accounted(world, line, infusion)
    for key, infusion in world.rows("administration"):
        for order in orders(world, infusion):
            yield "C05", key, _supervised(world, infusion, order)
            for day in world.days(infusion["started_at"], infusion["site"]):
                yield "R07.daily", key, _daily(world, infusion, order, day)
                yield "R08", key, _without_iga(world, infusion, order, day)


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


def _supervised(world: World, infusion: Typed, order: Typed | None) -> Verdict:
    if not_given(world, infusion) or infusion["first_dose"] != "yes":
        return NOT_APPLICABLE
    if order is None or order["indication"] is None:
        return PENDING
    if order["indication"] != "MS":
        return NOT_APPLICABLE
    return PASS if infusion["supervised_by"] else NOTICE


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
