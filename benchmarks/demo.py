"""`make run` in a home of its own, after the installation: from its start to its screen."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.timing import ratio
from lots.postgres import cluster
from lots.settings import ROOT

MOST_S = 60


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print its median seconds; `rows` does not matter here."""
    print("make run, after installation:", flush=True)
    took = [_took(folder / f"demo-{n}") for n in range(rounds)]
    middle = statistics.median(took)
    print(f"  from {min(took):.1f} to {max(took):.1f} s", flush=True)
    ratio("make run [s]", middle, f"under {MOST_S}", held=middle < MOST_S)


def _took(home: Path) -> float:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LOTS_")}
    begun = time.perf_counter()
    try:
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "dags.run"],
            cwd=ROOT,
            env={**environ, "LOTS_HOME": str(home)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - begun
    finally:
        cluster.down(home)
