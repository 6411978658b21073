"""Two processes that receive at once, beside one that receives the same files."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import ground
from benchmarks.files import write_results
from benchmarks.timing import ratio
from lots.postgres.cluster import Cluster
from lots.settings import Settings

PROCESSES = 2
# Loaded and warm before it is told to begin: to start a process is no part of receiving.
CHILD = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from lots.pipeline.receive import receive
from lots.settings import Settings
home, url, warm, *paths = json.loads(sys.argv[1])
s = Settings(Path(home), url, home + '/raw', home + '/landing')
def take(path):
    got = receive(path, s, by='bench', now=datetime.now(UTC), sender='LAB-01')
    assert got.counts['accepted'] > 0, got
take(warm)
print('ready', flush=True)
sys.stdin.readline()
for path in paths:
    take(path)
"""


def measure(made: Cluster, folder: Path, rows: int, rounds: int) -> None:
    """Print how much more two processes receive in the same time."""
    files = [
        write_results(folder / f"test_result-o{n}.csv", rows // PROCESSES, salt=10 + n)
        for n in range(PROCESSES)
    ]
    one, several = [], []
    for number in range(rounds):
        warm = [
            write_results(folder / f"test_result-w{n}.csv", 100, salt=20 + n + number * PROCESSES)
            for n in range(PROCESSES)
        ]
        one.append(_took(made, folder, warm, [files]))
        several.append(_took(made, folder, warm, [[file] for file in files]))
    gained = statistics.median(one) / statistics.median(several)
    ratio("two processes / one, rows in the same time", gained, "at least 1.6", held=gained >= 1.6)


def _took(made: Cluster, folder: Path, warm: list[Path], shares: list[list[Path]]) -> float:
    """The seconds in which as many processes receive a share each, in a database of its own."""
    with ground.database(made, folder) as settings, ExitStack() as stack:
        begun = [
            stack.enter_context(child(settings, [first, *share]))
            for first, share in zip(warm, shares, strict=False)
        ]
        at = begin(begun)
        assert [one.wait() for one in begun] == [0] * len(begun)
        return time.perf_counter() - at


Child = subprocess.Popen[str]


def child(settings: Settings, paths: list[Path]) -> Child:
    """A process that receives files once it is told to; the first, a small one, before."""
    told = json.dumps([str(settings.home), settings.database_url, *map(str, paths)])
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def begin(children: Sequence[Child]) -> float:
    """Tell them to, once all of them can; the time at which they were told."""
    for one in children:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    at = time.perf_counter()
    for one in children:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    return at
