"""Dried and packed lots are inspected, sampled and tested; deviations are written down."""

from collections.abc import Iterator, Mapping

import numpy as np

from synthetic import data
from synthetic.cases.seeded import NOT_APPLICABLE, PASS
from synthetic.world import clock, drying, filling, making, reference
from synthetic.world.making import DRIED, HOLD, PACKED, final
from synthetic.world.parties import PLANT
from synthetic.world.plan import PACK_OF_TWELVE, Plan, in_twelves, packs_of
from synthetic.writing.columns import amount, by_column
from synthetic.writing.landing import Landing, Sending

DEVIATING, PAPER = 5, 7  # one lot in so many: in its dryer, or in the papers of its filling
KINDS = ("vacuum", "shelf", "condenser", "probe", "power", "leak")
PURPOSES = ("quality_control", "official", "reserve", "stability")
MEASURED = data.table("world/measured")["lot_test"]


def send(plan: Plan, landing: Landing) -> None:
    """Inspections, samples, tests and deviations."""
    days = (HOLD, clock.END)
    for record, rows in (
        ("inspection", _inspections(plan)),
        ("sample", _samples(plan)),
        ("deviation", _deviations(plan)),
    ):
        landing.put(Sending(PLANT, record, days), by_column(rows))
    landing.put(Sending(PLANT, "lot_test", days), by_column(_tests(plan)))
    for row in _deviations(plan):
        of_lot = PASS if "lot_number" in row else NOT_APPLICABLE
        landing.ledger.outcome("K01.deviation", (PLANT, row["deviation"]), of_lot)


def away(plan: Plan) -> list[tuple[int, int]]:
    """The vials of each lot that were never packed: samples, and rejects."""
    each = np.where(in_twelves(np.arange(plan.lots)), PACK_OF_TWELVE, 1)
    gone = plan.vials - packs_of(plan) * each
    # Half of what is missing was sampled, the rest rejected, so that every vial is accounted for.
    return [(int(lost) // 2, int(lost) - int(lost) // 2) for lost in gone]


def _inspections(plan: Plan) -> Iterator[Mapping[str, str]]:
    for lot, (_, rejects) in enumerate(away(plan)):
        yield {
            "inspection": f"IN25-{lot + 1:06d}",
            "lot_number": final(lot, DRIED)[1],
            "inspected_at": _at(plan, lot, DRIED, 20),
            "vials_inspected": str(plan.vials),
            "rejects_major": str(rejects // 3),
            "rejects_minor": str(rejects - rejects // 3),
        }


def _samples(plan: Plan) -> Iterator[Mapping[str, str]]:
    for lot, (samples, _) in enumerate(away(plan)):
        for number, purpose in enumerate(PURPOSES):
            vials = (samples + number) // len(PURPOSES)
            if vials:
                yield {
                    "sample": f"SA25-{lot + 1:06d}-{number + 1}",
                    "lot_number": final(lot, DRIED)[1],
                    "purpose": purpose,
                    "vials": str(vials),
                    "taken_at": _at(plan, lot, DRIED, 30),
                }


def _tests(plan: Plan) -> Iterator[Mapping[str, str]]:
    for lot in range(plan.lots):
        for test, limits in reference.LOT_TESTS.items():
            low, more = MEASURED.get(test, (0, 0))
            value = amount(low + plan.draws.one(f"test {test}", lot, more), 3) if more else ""
            step = DRIED if test == "moisture" else PACKED
            yield {
                "lot_number": final(lot, step)[1],
                "step": step,
                "test": test,
                "value": value,
                "value_unit": limits.get("value_unit", ""),
                "tested_at": _at(plan, lot, PACKED, 26),
            }


def _deviations(plan: Plan) -> Iterator[Mapping[str, str]]:
    for lot in range(plan.lots):
        opened = drying.loaded(plan, lot) + 5 * clock.HOUR
        row = {
            "opened_at": clock.instant(opened),
            "closed_at": clock.instant(opened + 10 * clock.DAY),
        }
        if lot % DEVIATING == 2:
            yield {
                **row,
                "deviation": f"DV25-{lot + 1:06d}",
                "kind": KINDS[lot % len(KINDS)],
                "batch": drying.run(lot),
                "lot_number": final(lot, DRIED)[1],
                "step": DRIED,
                "reported_at": clock.instant(opened + 20 * clock.DAY),
            }
        if lot % PAPER == 1:
            yield {
                **row,
                "deviation": f"DP25-{lot + 1:06d}",
                "kind": "paper",
                "batch": filling.batch(lot),
            }


def _at(plan: Plan, lot: int, step: str, hours: int) -> str:
    return clock.instant(making.made(plan, lot // 2, step) + hours * clock.HOUR)
