"""Time several ways in turn, so that a machine that speeds up or slows down does so for all of them."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each way in each round: A B C, A B C, …"""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            found[name].append(time.perf_counter() - start)
    return found


@dataclass(frozen=True, slots=True)
class Took:
    """Medians of a way's seconds: by the clock, and of processors."""

    wall: float
    cpu: float


def measured(ways: Mapping[str, Callable[[], object]], rounds: int, cpu: Callable[[], float]) -> dict[str, Took]:
    """What each way took, the ways in turn. cpu: processor seconds so far of what works for this process."""
    wall: dict[str, list[float]] = {name: [] for name in ways}
    used: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begun, busy = time.perf_counter(), time.process_time() + cpu()
            way()
            wall[name].append(time.perf_counter() - begun)
            used[name].append(time.process_time() + cpu() - busy)
    return {name: Took(statistics.median(wall[name]), statistics.median(used[name])) for name in ways}


def table(found: Mapping[str, list[float]]) -> dict[str, float]:
    """Print each way's median, least and most seconds; returns the medians."""
    for name, seconds in found.items():
        print(f"  {name:<46} median {statistics.median(seconds):7.2f} s   ({min(seconds):.2f} to {max(seconds):.2f})",
              flush=True)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def ratio(what: str, value: float, wanted: str, *, held: bool) -> None:
    """Print a ratio and whether it is what was promised."""
    print(f"  {what}: {value:.2f} (promised: {wanted}) {'held' if held else 'NOT HELD'}", flush=True)
