"""Bulk is filled into vials: runs of the filling line, and which lots were in each."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from synthetic.world import clock, making
from synthetic.world.making import FILLED, HOLD, Edge, bulk, final
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan
from synthetic.writing.columns import amount, by_column
from synthetic.writing.landing import Landing, Sending

LINES = ("LINE-1", "LINE-2")
TOGETHER = 4  # one bulk in so many is filled in one run


def batch(lot: int) -> str:
    """The filling run of a lot; both lots of some bulks are filled in one."""
    return f"F25-{(lot // 2 * 2 if lot // 2 % TOGETHER == 1 else lot) + 1:06d}"


def filled(plan: Plan) -> Iterator[tuple[str, Edge]]:
    """What went into each filling run, in kilograms."""
    kilograms = making.ml_of_a_pool(plan) // making.ML_FOR_A_LITRE // 2
    for lot in range(plan.lots):
        yield batch(lot), Edge(final(lot, FILLED), bulk(lot // 2), kilograms, "kg")


def send(plan: Plan, landing: Landing) -> None:
    """Filling runs and what was in them."""
    days = (HOLD, clock.END)
    landing.put(Sending(PLANT, "filling", days), by_column(_runs(plan)))
    landing.put(
        Sending(PLANT, "filling_load", days), by_column(_load(plan, *one) for one in filled(plan))
    )


def _runs(plan: Plan) -> Iterator[Mapping[str, str]]:
    # Lots of one run have neighbouring numbers.
    for number, lots in groupby(range(plan.lots), batch):
        own = [*lots]
        end = making.made(plan, own[0] // 2, FILLED)
        yield {
            "batch": number,
            "fill_line": LINES[own[0] % 2],
            "stopper_lot": f"ST-{own[0] // 5 + 1:04d}",
            "filter_lot": f"SF-{own[0] + 1:05d}",
            "started_at": clock.instant(end - 7 * clock.HOUR),
            "ended_at": clock.instant(end),
            "vials_filled": str(plan.vials * len(own)),
        }


def _load(plan: Plan, number: str, edge: Edge) -> Mapping[str, str]:
    return {
        "batch": number,
        "from_lot_number": edge.parent[1],
        "lot_number": edge.child[1],
        "vials": str(plan.vials),
        "amount_kg": amount(edge.amount, 3),
    }
