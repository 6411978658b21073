"""A question while a large file is received: its processors' time, idle and then. Into another
database of the same server, for a plant that is kept is to stay as it was.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.at_once import begin, child
from benchmarks.files import write_results
from benchmarks.timing import ratio
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.engine import engine

ROWS = 500_000
IDLE = 4  # times a round: as many as the load has time for would be more
OURS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
"""


def measure(
    made: Cluster, settings: Settings, folder: Path, rounds: int, question: Callable[[], object]
) -> None:
    """Print how much more a question costs while somebody receives."""
    idle = _cost(settings, question, lambda asked: asked < IDLE * rounds)
    paths = [write_results(folder / f"test_result-{rows}.csv", rows) for rows in (100, ROWS)]
    with ground.database(made, folder) as other, child(other, paths) as loading:
        begin([loading])
        busy = _cost(settings, question, lambda asked: loading.poll() is None)
        assert busy, "the load ended before the question was asked"
        assert loading.wait() == 0
    for path in paths:
        path.unlink()
    more = busy / idle
    ratio("a question during a load / idle, CPU", more, "at most 1.3", held=more <= 1.3)


def _cost(settings: Settings, question: Callable[[], object], more: Callable[[int], bool]) -> float:
    """The median seconds of processors that a question costs, here and in our own sessions, as often
    as more of it is wanted; 0 where it was never.
    """
    question()
    known = _backends(settings)
    found: list[float] = []
    while more(len(found)):
        begun = _spent(known)
        question()
        found.append(_spent(known) - begun)
    return statistics.median(found or [0])


def _spent(backends: list[str]) -> float:
    return time.process_time() + sum(map(ground.lives, backends))


def _backends(settings: Settings) -> list[str]:
    """The server's processes that answer us."""
    with engine("lots_discloser", settings).connect() as connection:
        return [str(pid) for (pid,) in connection.execute(sa.text(OURS))]
