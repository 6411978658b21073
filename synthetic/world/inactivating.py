"""Pastes are treated with solvent and detergent, then filtered: which lots went in, which came out,
and how it went.
"""

from collections.abc import Iterator, Mapping

from synthetic import data
from synthetic.cases.seeded import PASS
from synthetic.world import clock, making
from synthetic.world.making import BULK, HOLD, Edge, bulk, inactivated, paste
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan
from synthetic.writing.columns import amount, by_column
from synthetic.writing.landing import Landing, Sending

SENT_AGAIN = "viral_inactivation"  # under another number, in another order
DRAWN = data.table("world/measured")["viral_inactivation"]
DAYS_BEFORE_BULK = {"viral_inactivation": 2, "virus_removal": 1}


def batch(number: int) -> str:
    """One solvent/detergent batch; each gives one lot of treated bulk."""
    return f"SD25-{number + 1:06d}"


def run(number: int) -> str:
    """One filtration."""
    return f"NF25-{number + 1:06d}"


def treated(plan: Plan) -> Iterator[tuple[str, Edge]]:
    """What went into each batch: its pool's first paste, and the second of the pool before."""
    kilograms = making.ml_of_a_pool(plan) // making.ML_FOR_A_KG
    for pool in range(plan.pools):
        yield batch(pool), Edge(inactivated(pool), paste(pool, "A"), kilograms, "kg")
        # Pastes of two pools meet here, so that pools and lots are many to many.
        into = making.into(plan, pool)
        yield batch(into), Edge(inactivated(into), paste(pool, "B"), kilograms, "kg")


def filtered(plan: Plan) -> Iterator[tuple[str, Edge]]:
    """What was filtered: each lot of treated bulk."""
    kilograms = making.ml_of_a_pool(plan) // making.ML_FOR_A_LITRE
    for number in range(plan.pools):
        yield run(number), Edge(bulk(number), inactivated(number), kilograms, "kg")


def send(plan: Plan, landing: Landing) -> None:
    """Batches and filtrations with their loads."""
    days = (HOLD, clock.END)
    for record, rows in (
        ("viral_inactivation", (_batch(plan, n) for n in range(plan.pools))),
        ("viral_inactivation_load", (_load(*one) for one in treated(plan))),
        ("virus_removal", (_filtration(plan, n) for n in range(plan.pools))),
        ("virus_removal_load", (_load(*one) for one in filtered(plan))),
    ):
        columns = by_column(rows)
        landing.put(Sending(PLANT, record, days), columns)
        if record == SENT_AGAIN:
            landing.again(Sending(PLANT, record, days), columns)
    for rule in ("V01", "V02", "V03", "V04", "V05"):
        landing.ledger.tally(rule, PASS, plan.pools)


def started(plan: Plan, number: int, record: str) -> int:
    """The instant at which a step before the bulk began."""
    return making.made(plan, number, BULK) - DAYS_BEFORE_BULK[record] * clock.DAY


def _batch(plan: Plan, number: int) -> Mapping[str, str]:
    start = started(plan, number, "viral_inactivation")
    return {
        **lots_of(number),
        **{column: _drawn(plan, number, *of) for column, of in DRAWN.items()},
        "batch": batch(number),
        "prefiltered_at": clock.instant(start - 2 * clock.HOUR),
        "started_at": clock.instant(start),
        "ended_at": clock.instant(start + 23_400 + 60 * (number % 60)),
        "vessel_2": f"V-2{number % 2 + 1}",
    }


def _drawn(plan: Plan, number: int, name: str, low: int, high: int, decimals: int) -> str:
    return amount(low + plan.draws.one(name, number, high - low + 1), decimals)


def lots_of(number: int) -> Mapping[str, str]:
    """The reagents of a batch; their lots last for some batches."""
    return {
        "solvent_lot": f"TN-{number // 9 + 1:03d}",
        "detergent_lot": f"PS-{number // 7 + 1:03d}",
        "prefilter_lot": f"PF-{number // 3 + 1:04d}",
    }


def _filtration(plan: Plan, number: int) -> Mapping[str, str]:
    start = started(plan, number, "virus_removal")
    return {
        "batch": run(number),
        "filter_lot": f"VF-{number + 1:05d}",
        "started_at": clock.instant(start),
        "ended_at": clock.instant(start + 5 * clock.HOUR),
    }


def _load(number: str, edge: Edge) -> Mapping[str, str]:
    return {
        "batch": number,
        "from_lot_number": edge.parent[1],
        "from_step": edge.parent[2],
        "lot_number": edge.child[1],
        "step": edge.child[2],
        "amount_kg": amount(edge.amount, 3),
    }
