"""Freeze-drying: runs, their loads, and a reading every minute: declared form, a controller's log,
a historian's.
"""

from collections.abc import Iterator

import numpy as np

from synthetic.cases.seeded import PASS, PENDING
from synthetic.world import clock, curve, making, pooling
from synthetic.world.draws import Ints
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan
from synthetic.writing import logs
from synthetic.writing.columns import Texts, amount, by_column
from synthetic.writing.landing import Landing, Sending

DRYERS = ("DRY-01", "DRY-02")
CONTROLLER, HISTORIAN = 1, 2  # runs whose readings come in another form
SPLIT = 6  # one filled lot in so many is dried in two runs
RUNS_A_FILE = 100
# A historian's export tells no phase.
RULES_OF_LOGS = ("L02.probes", "L02.gap", "L03", "L04", "L05.phases")
SIZE = "CY25-{:06d}"


def run(lot: int) -> str:
    """A run's number: one for each filled lot."""
    return SIZE.format(lot + 1)


def declared(plan: Plan) -> list[int]:
    """The runs whose readings come in the declared form."""
    return [n for n in range(plan.lots) if n not in (CONTROLLER, HISTORIAN)]


def loaded(plan: Plan, lot: int) -> int:
    """When a run began: in the evening, two days before its lot is dried."""
    day = making.made(plan, lot // 2, making.DRIED) // clock.DAY - 1
    return day * clock.DAY - 6 * clock.HOUR + lot % 2 * 1_800 + lot % 7 * 60


def send(plan: Plan, landing: Landing) -> None:
    """Runs, loads and readings."""
    days = (pooling.HOLD_DAYS, clock.END)
    landing.put(
        Sending(PLANT, "lyophilisation", days), by_column(_row(plan, n) for n in range(plan.lots))
    )
    landing.put(Sending(PLANT, "lyophilisation_load", days), by_column(_loads(plan)))
    for rule in ("L01", *RULES_OF_LOGS):
        # Of the historian's run alone the phases are not told: what needs them waits.
        untold = 0 if rule == "L01" else 1
        landing.ledger.tally(rule, PASS, plan.lots - untold)
        if untold:
            landing.ledger.outcome(rule, (PLANT, run(HISTORIAN)), PENDING)
    runs = declared(plan)
    for at in range(0, len(runs), RUNS_A_FILE):
        some = np.array(runs[at : at + RUNS_A_FILE])
        landing.put(Sending(PLANT, "lyophilisation_reading", days), _readings(plan, some))
    for number, form in ((CONTROLLER, logs.controller), (HISTORIAN, logs.historian)):
        readings = curve.readings(plan, np.array([number]))
        landing.put_bytes(
            Sending(PLANT, "lyophilisation_reading", days, name=f"{run(number)}.csv"),
            form(readings, loaded(plan, number)),
            curve.MINUTES,
        )


def _row(plan: Plan, lot: int) -> dict[str, str]:
    start = loaded(plan, lot)
    phases = {
        name: clock.instant(start + 60 * minute) for name, minute in curve.PHASE_STARTS.items()
    }
    moisture = 40 + plan.draws.one("moisture", lot, 60)
    return {
        "cycle": run(lot),
        "dryer": DRYERS[lot % 2],
        "loaded_at": clock.instant(start),
        **phases,
        "moisture_mean_pct": amount(moisture, 2),
        "moisture_max_pct": amount(moisture + 30, 2),
    }


def _loads(plan: Plan) -> Iterator[dict[str, str]]:
    for lot in range(plan.lots):
        # A load that does not fit one dryer: the rest is dried in the next lot's run.
        part = plan.vials // 3 if lot % SPLIT == 0 else 0
        yield _load(lot, lot, plan.vials - part, "1-6")
        if part:
            yield _load(lot, lot + 1, part, "7")


def _load(lot: int, in_run: int, vials: int, shelves: str) -> dict[str, str]:
    number = making.final(lot, making.DRIED)[1]
    return {
        "cycle": run(in_run),
        "from_lot_number": number,
        "lot_number": number,
        "vials": str(vials),
        "shelves": shelves,
    }


def _readings(plan: Plan, lots: Ints) -> dict[str, Texts]:
    readings = curve.readings(plan, lots)
    return {"cycle": readings.runs, **readings.texts()}
