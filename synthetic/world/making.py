"""From pools to packed lots, many to many: two pastes of each pool, a bulk of two pools' pastes,
two fillings of each.

Lots are few (ten for each pool), so they are made one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from synthetic.cases.seeded import PASS, Node
from synthetic.world import clock, pooling
from synthetic.world.parties import PLANT, SUPPLIER, gs1
from synthetic.world.plan import PACK_OF_TWELVE, Plan, in_twelves, packs_of
from synthetic.writing.columns import amount, by_column
from synthetic.writing.landing import Landing, Sending

SINGLE, SINGLE_US, TWELVE = gs1("0409999100010"), gs1("0409999100020"), gs1("1409999100010")
GTINS = (SINGLE, SINGLE_US, TWELVE)
PASTE, BULK, FILLED, DRIED, PACKED = "paste", "bulk", "filled", "dried", "packed"
EXTERNAL = "external"
EDGE = ("manufacturer", "lot_number", "step", "from_manufacturer", "from_number", "from_step")
AFTER = {PASTE: 1, BULK: 4, FILLED: 6, DRIED: 8, PACKED: 12}  # days after pooling
EXPIRES_AFTER = 730
ALBUMIN_FOR = 10  # bulks for which one external lot of albumin lasts
HOLD = pooling.HOLD_DAYS
EXCHANGES = 2  # of one pair of lots in so many, each has some vials of the other one
ML_A_DONATION = 700
ML_FOR_A_KG, ML_FOR_A_LITRE = 40, 12  # plasma for a gram of paste, and for a millilitre of bulk


@dataclass(frozen=True, slots=True)
class Edge:
    """What went into a lot, and how much of it in thousandths of the unit."""

    child: Node
    parent: Node
    amount: int
    unit: str


def paste(pool: int, letter: str) -> Node:
    """One of a pool's two pastes."""
    return PLANT, f"P25-{pool + 1:06d}{letter}", PASTE


def inactivated(number: int) -> Node:
    """A bulk lot as it came out of solvent and detergent, not yet filtered."""
    return PLANT, f"S25-{number + 1:06d}", BULK


def bulk(number: int) -> Node:
    """A bulk lot, ready to be filled."""
    return PLANT, f"B25-{number + 1:06d}", BULK


def final(lot: int, step: str) -> Node:
    """A lot that keeps its number from filling to packing."""
    return PLANT, f"A25-{lot + 1:06d}", step


def albumin(number: int) -> Node:
    """An external lot of albumin, an excipient of human origin."""
    return SUPPLIER, f"ALB-{number + 1:04d}", EXTERNAL


def gtin_of(plan: Plan, lot: int) -> str:
    """The GTIN under which a lot is packed."""
    if in_twelves(np.array([lot]))[0]:
        return TWELVE
    return SINGLE_US if lot // 2 % 3 == 2 else SINGLE


def made(plan: Plan, bulk_number: int, step: str) -> int:
    """The instant at which a step of a bulk was completed."""
    day = int(pooling.pooled_day(plan, np.array([bulk_number]))[0]) + AFTER[step]
    return day * clock.DAY + 9 * clock.HOUR + 60 * (bulk_number % 300)


def expires(plan: Plan, lot: int) -> int:
    """The day on which a packed lot expires."""
    return made(plan, lot // 2, PACKED) // clock.DAY + EXPIRES_AFTER


def into(plan: Plan, pool: int) -> int:
    """The bulk into which a pool's second paste went: the next one."""
    # The last pool has no next one, and keeps both pastes.
    return min(pool + 1, plan.pools - 1)


def ml_of_a_pool(plan: Plan) -> int:
    """About the plasma of one pool, in mL."""
    return plan.donations * ML_A_DONATION // plan.pools


def edges(plan: Plan) -> Iterator[Edge]:
    """All inputs of lots but those that loads tell: of virus treatments, filling and drying."""
    volumes = pooling.volumes(plan)
    for pool in range(plan.pools):
        half = int(volumes[pool]) // 2
        for letter in "AB":
            yield Edge(paste(pool, letter), (PLANT, pooling.number(pool), "pool"), half, "L")
        if pool % 2 == 0:
            yield Edge(bulk(pool), albumin(pool // ALBUMIN_FOR), 5_000, "kg")
    packs = packs_of(plan)
    for lot in range(plan.lots):
        vials = int(packs[lot]) * (PACK_OF_TWELVE if gtin_of(plan, lot) == TWELVE else 1)
        # A twentieth of the vials, so that a packed lot is of two dried ones.
        exchanged = plan.vials // 20 if lot // 2 % EXCHANGES == 0 else 0
        yield Edge(final(lot, PACKED), final(lot, DRIED), 1_000 * (vials - exchanged), "vials")
        if exchanged:
            yield Edge(final(lot, PACKED), final(lot ^ 1, DRIED), 1_000 * exchanged, "vials")


def send(plan: Plan, landing: Landing) -> None:
    """Lots, what went into them, and the truth of what each pool became."""
    landing.put(Sending(PLANT, "lot", (HOLD, clock.END)), by_column(_lot_rows(plan)))
    landing.put(
        Sending(PLANT, "lot_input", (HOLD, clock.END)),
        by_column(_input_row(e) for e in edges(plan)),
    )
    landing.put(Sending(PLANT, "external_lot", (HOLD, clock.END)), by_column(_external_rows(plan)))
    for rule in ("P01", "P02", "S02", "V06"):
        landing.ledger.tally(rule, PASS, plan.lots)
    for pool in range(plan.pools):
        landing.ledger.descendants(PLANT, pooling.number(pool), descendants(plan, pool))


def descendants(plan: Plan, pool: int) -> list[Node]:
    """What a pool became: pastes for its own bulk and the next, and each bulk in two fillings."""
    bulks = sorted({pool, into(plan, pool)})
    lots = [
        final(lot, step)
        for b in bulks
        for lot in (2 * b, 2 * b + 1)
        for step in (FILLED, DRIED, PACKED)
    ]
    return [
        paste(pool, "A"),
        paste(pool, "B"),
        *(made for b in bulks for made in (inactivated(b), bulk(b))),
        *lots,
    ]


def _lot_rows(plan: Plan) -> Iterator[dict[str, str]]:
    plasma = ml_of_a_pool(plan)
    kg, litres = amount(plasma // ML_FOR_A_KG, 3), amount(plasma // ML_FOR_A_LITRE, 3)
    for pool in range(plan.pools):
        for letter in "AB":
            yield _row(
                paste(pool, letter), "FRACTION-II", made(plan, pool, PASTE), (kg, "kg"), keeps=400
            )
        yield _row(
            inactivated(pool), "IG-SD", made(plan, pool, BULK) - clock.DAY, (litres, "L"), keeps=30
        )
        yield _row(bulk(pool), "IG-BULK", made(plan, pool, BULK), (litres, "L"), keeps=30)
    packs = packs_of(plan)
    for lot in range(plan.lots):
        for step in (FILLED, DRIED):
            yield _row(
                final(lot, step),
                "IVIG-10G",
                made(plan, lot // 2, step),
                (f"{plan.vials}.000", "vials"),
                keeps=700,
            )
        row = _row(
            final(lot, PACKED),
            "IVIG-10G",
            made(plan, lot // 2, PACKED),
            (f"{packs[lot]}.000", "packs"),
            keeps=EXPIRES_AFTER,
        )
        yield {
            **row,
            "gtin": gtin_of(plan, lot),
            "market": "US" if gtin_of(plan, lot) == SINGLE_US else "DE",
        }


def _external_rows(plan: Plan) -> Iterator[dict[str, str]]:
    for number in range(-(-plan.pools // ALBUMIN_FOR)):
        supplier, lot_number, _ = albumin(number)
        yield {
            "supplier": supplier,
            "lot_number": lot_number,
            "received_at": clock.instant(clock.DAY * 20),
            "donor_data_holder": supplier,
            "certificate": f"COA-{number + 1:04d}",
        }


def _row(node: Node, product: str, at: int, much: tuple[str, str], *, keeps: int) -> dict[str, str]:
    manufacturer, number, step = node
    return {
        "manufacturer": manufacturer,
        "lot_number": number,
        "step": step,
        "product": product,
        "gtin": "",
        "market": "",
        "amount": much[0],
        "amount_unit": much[1],
        "made_at": clock.instant(at),
        "expires_on": clock.day(at // clock.DAY + keeps),
    }


def _input_row(edge: Edge) -> dict[str, str]:
    return {
        **dict(zip(EDGE, (*edge.child, *edge.parent), strict=True)),
        "amount": amount(edge.amount, 3),
        "amount_unit": edge.unit,
    }
