"""A run's readings as a controller and as a historian write them: other clocks, other names,
sentinels, comments.
"""

import numpy as np
import pyarrow as pa

from synthetic import data
from synthetic.world import clock
from synthetic.world.curve import Readings
from synthetic.world.parties import PLANT, zone_of
from synthetic.writing.columns import Texts, amounts, picked, same

UNPLUGGED = "999.9"
TAGS = data.table("writing/logs")["columns"]


def profile() -> str:
    """The plant's profile: what its historian's tags are called here."""
    return "[columns]\n" + "".join(f'{tag} = "{name}"\n' for tag, name in TAGS.items())


def controller(readings: Readings, start: int) -> bytes:
    """A log with lines before its header, a clock past midnight, and unplugged probes."""
    rows = len(readings.minute)
    clocks = [
        str(t)[11:]
        for t in clock.instants(start + readings.minute * 60, zone_of(PLANT), bare=True).to_pylist()
    ]
    # Eight columns there are always: what is not plugged in reads as a broken wire.
    probes = {
        f"TP{n}": (
            amounts(readings.products[n], 1) if n in readings.products else same(UNPLUGGED, rows)
        )
        for n in range(1, 9)
    }
    ours = readings.texts()
    columns = {
        "Phase": ours["phase"],
        "Step": ours["phase_step"],
        "CycleTime": pa.array(clocks),
        "VacSetPT": picked(("0", "100"), readings.vacuum.astype(np.int64)),
        "VacPirani": ours["pirani_mtorr"],
        "VacCPM": amounts(np.where(readings.vacuum, readings.manometer, 0), 1),
        "ShelfSetPT": ours["shelf_set_c"],
        "ShelfInlet": ours["shelf_c"],
        "Condenser": ours["condenser_c"],
        **probes,
        "Percent_FRZ": same("NaN", rows),
    }
    head = (
        f"Run started {clock.day(start // clock.DAY)}\nRecipe IVIG-10G-3\nDryer DRY-02\nOperator"
        " 7\n\nData\n"
    )
    return head.encode() + _lines(columns)


def historian(readings: Readings, start: int) -> bytes:
    """An export with comment lines, one column of timestamps and the plant's own tags."""
    ours = readings.texts()
    columns: dict[str, Texts] = {
        "Timestamp": clock.instants(start + readings.minute * 60, zone_of(PLANT))
    }
    columns |= {tag: ours[name] for tag, name in TAGS.items()}
    head = "# Historian export\n# Source: dryer 1\n# Interval: 60 s\n"
    return head.encode() + _lines(columns)


def _lines(columns: dict[str, Texts]) -> bytes:
    texts = [column.fill_null("").to_pylist() for column in columns.values()]
    rows = [",".join(row) for row in zip(*texts, strict=True)]
    return "\n".join([",".join(columns), *rows, ""]).encode()
