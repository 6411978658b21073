"""What the ledger costs: an entry over a file's rows beside receiving the file, and verifying all
of it beside copying the rows out.
"""

import io
import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks import ground
from benchmarks.files import write_results
from benchmarks.timing import in_turn, ratio, timed, told
from lots.evidence import wide
from lots.pipeline.publish import publish
from lots.pipeline.receive import receive
from lots.pipeline.verify import verify
from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.ledger import appending, reading

COPY, VERIFY, ENTRY = "copying the rows out", "verify", "the entry alone"


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the medians and the two ratios."""
    path = write_results(folder / "test_result-1.csv", rows)
    small = write_results(folder / "test_result-small.csv", 100)
    print(f"The ledger of {rows:,} test results:", flush=True)
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        cpu = partial(ground.cpu_seconds, made)
        _receive(settings, small)
        received = told("receive", [timed(lambda: _receive(settings, path), cpu)])
        publish(settings, now=datetime.now(UTC))
        ways = {
            COPY: lambda: _copy(settings),
            ENTRY: lambda: _entry(settings),
            VERIFY: lambda: _verify(settings),
        }
        found = in_turn(ways, rounds, cpu)
        copy, entry, verified = (told(name, found[name]) for name in ways)
    _ratio("entry / receive, CPU", entry.cpu / received.cpu, 0.05)
    _ratio("verify / copy, wall", verified.wall / copy.wall, 3)


def _ratio(what: str, value: float, most: float) -> None:
    ratio(what, value, f"at most {most}", held=value <= most)


def _receive(settings: Settings, path: Path) -> None:
    got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="LAB-01")
    assert got.counts["accepted"] > 0, got


def _copy(settings: Settings) -> None:
    with engine(settings=settings).connect() as connection:
        driver = connection.connection.driver_connection
        out = io.BytesIO()
        with driver.cursor().copy("COPY accepted.test_result TO STDOUT (FORMAT binary)") as stream:  # type: ignore[union-attr]
            for piece in stream:
                out.write(piece)


def _entry(settings: Settings) -> None:
    """What append does of the file's rows, without keeping it."""
    with engine(settings=settings).connect() as connection:
        last = next(s for s in reversed(reading.entries(connection)) if s.receipt)
        accepted = (record("test_result"), last.receipt or 0)
        under = appending.leaves_of(connection, last.act, os.urandom(32), accepted)
        assert len(under) == last.made.leaves * 32
        wide.root(under)


def _verify(settings: Settings) -> None:
    assert verify(settings).intact
