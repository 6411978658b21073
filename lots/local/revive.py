"""Parts that ended by themselves are started again: Airflow's scheduler ends when its database goes
away, and would be missing when it is back.
"""

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

from lots.errors import ClusterError

# More often than this something is wrong that no start mends.
MOST, WITHIN_S = 20, 600.0
PAUSE_S = 5.0


class Reviver:
    """Starts what has ended, and gives up where it ends again and again."""

    def __init__(self, logs: Path, start: Callable[[str], object]) -> None:
        self._logs, self._start = logs, start
        self._started: dict[str, deque[float]] = {}

    def look(self, codes: Mapping[str, int | None]) -> None:
        """Start each part that has an exit code. Raises ClusterError."""
        now = monotonic()
        for name, code in codes.items():
            before = self._started.setdefault(name, deque(maxlen=MOST))
            if code is None or (before and now - before[-1] < PAUSE_S):
                continue
            if len(before) == MOST and now - before[0] < WITHIN_S:
                raise ClusterError(
                    f"{name}: part: expected to run on, got exit code {code}, {MOST} times in"
                    f" {WITHIN_S / 60:.0f} minutes; see {self._logs / name}.log."
                )
            print(f"{name} ended with exit code {code}; it is started again.", flush=True)
            before.append(now)
            self._start(name)
