"""What a scan costs: facts of a pack from parsed elements, and the kept verdict on a scanner's text,
beside a bare function that reads one row and inserts one, in turn.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from benchmarks import ground, packs
from benchmarks.packs import GTIN, OF_LOT, some, text
from benchmarks.timing import in_turn, median, ratio
from lots.decisions.norm import Purpose
from lots.pipeline.scan import Scanner, Use, scan
from lots.settings import Settings
from lots.store.engine import close, engine

TIMES = 2_000  # calls of each way in a round
CALL = sa.text(
    "SELECT * FROM scanned.ask_pack_facts(:gtin, :serial, :lot, '2030-01-31', :site, '2026-06-01T12:00Z', NULL, NULL)"
)


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print what a call takes, of `rows` packs."""
    print(f"Scans among {rows:,} packs, {TIMES:,} a round:", flush=True)
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        packs.fill(settings, rows)
        with engine("lots_owner", settings).connect() as connection:
            asking = connection.execution_options(isolation_level="AUTOCOMMIT")
            ways: dict[str, Callable[[], object]] = {
                "bare": partial(_bare, asking, rows),
                "facts": partial(_facts, asking, rows),
                "verdict": partial(_verdicts, settings, rows),
            }
            for way in ways.values():
                way()
            found = in_turn(ways, rounds, partial(ground.cpu_seconds, made))
        took = {name: median(of_it) for name, of_it in found.items()}
        for name, one in took.items():
            print(
                f"  {name:<8} {one.wall / TIMES * 1e6:7.0f} us, {one.cpu / TIMES * 1e6:7.0f} us of CPU"
            )
        for name in ("facts", "verdict"):
            cost = took[name].cpu / took["bare"].cpu
            ratio(f"{name} / bare, CPU", cost, "at most 2", held=cost <= 2)
        close(settings)


def _bare(connection: sa.Connection, of: int) -> None:
    for n in range(TIMES):
        connection.execute(sa.text("SELECT public.bare(:serial)"), {"serial": f"S{some(n, of)}"})


def _facts(connection: sa.Connection, of: int) -> None:
    for n in range(TIMES):
        one = some(n, of)
        asked = {
            "gtin": GTIN,
            "serial": f"S{one}",
            "lot": f"L{one // OF_LOT}",
            "site": f"H{one % 100}",
        }
        connection.execute(CALL, asked).one()


def _verdicts(settings: Settings, of: int) -> None:
    """From the string that a scanner sends to the scan that is kept, as `lots scan` does."""
    now = datetime.now(UTC)
    for n in range(TIMES):
        one = some(n, of)
        told = scan(settings, text(one), Use(Purpose.GIVE, f"H{one % 100}"), now, Scanner("bench"))
        assert told.readings, told
