"""Time several ways in turn, so that a machine that speeds up or slows down does so for all of
them.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Took:
    """A way's seconds: by the clock, and of processors."""

    wall: float
    cpu: float


def timed(way: Callable[[], object], cpu: Callable[[], float]) -> Took:
    """What a way takes once. cpu: processor seconds so far of what works for this process."""
    begun, busy = time.perf_counter(), time.process_time() + cpu()
    way()
    return Took(time.perf_counter() - begun, time.process_time() + cpu() - busy)


def in_turn(
    ways: Mapping[str, Callable[[], object]], rounds: int, cpu: Callable[[], float]
) -> dict[str, list[Took]]:
    """What each way took in each round: A B C, A B C, …"""
    found: dict[str, list[Took]] = {name: [] for name in ways}
    # In turn and not one after the other, so that a machine that gets slower slows down all of
    # them.
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(timed(way, cpu))
    return found


def median(rounds: Sequence[Took]) -> Took:
    """The medians of a way's rounds."""
    return Took(
        statistics.median(took.wall for took in rounds),
        statistics.median(took.cpu for took in rounds),
    )


def told(name: str, rounds: Sequence[Took]) -> Took:
    """Print a way's median, least and most seconds, and its processors' median; returns the
    medians.
    """
    middle, walls = median(rounds), [took.wall for took in rounds]
    print(
        f"  {name:<29} {middle.wall:7.2f} s ({min(walls):.2f} to {max(walls):.2f}),"
        f" {middle.cpu:.2f} s of CPU",
        flush=True,
    )
    return middle


def ratio(what: str, value: float, wanted: str, *, held: bool) -> None:
    """Print a ratio and whether it is what was promised."""
    print(
        f"  {what}: {value:.2f} (promised: {wanted}) {'held' if held else 'NOT HELD'}", flush=True
    )
