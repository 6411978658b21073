"""A whole plant written, received, linked and judged; then a day's files and 10,000 infusions on
top of it. First one of a tenth of its size, beside which the day is held.
"""

import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import ground
from benchmarks.day import write_day, write_infusions
from benchmarks.timing import ratio
from lots.pipeline import link as linking
from lots.pipeline import profiles
from lots.pipeline.evaluate import evaluate
from lots.pipeline.receive import receive
from lots.settings import Settings

# What is claimed, for two quiet cores: minutes for all of it but its writing, seconds for what a person
# waits for.
MINUTES, FULL_S, DAY_S, LINK_S = 9, 180, 5, 1
SMALLER = 10
CHILD = """
import sys
from pathlib import Path
import synthetic
truth = synthetic.write(int(sys.argv[1]), 1, Path(sys.argv[2]))
peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))
print(sum(truth.accepted.values()), int(peak.split()[1]) // 1024)
"""


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print what each part took; `rows` is the number of donations, and there is one round: it is a
    long one.
    """
    smaller = _plant(folder / "smaller", rows // SMALLER)
    day = _plant(folder, rows)
    ratio(
        f"a day on {rows:,} donations / on {rows // SMALLER:,}",
        day / smaller,
        "at most 1.3",
        held=day <= 1.3 * smaller,
    )
    # At its end: the peak is of all that was done before.
    print(f"  most memory of this process: {_peak()} MB", flush=True)


def _plant(folder: Path, donations: int) -> float:
    """Make a plant, and answer what a day's files on top of it take [s]."""
    print(f"A plant of {donations:,} donations, once:", flush=True)
    folder.mkdir(exist_ok=True)
    written(folder / "plant", donations)
    begun = time.perf_counter()
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        received(settings, folder / "plant" / "landing")
        _told("linked", linked(settings))
        full = _told("judged by every rule across records", _evaluated(settings))
        whole = (time.perf_counter() - begun) / 60
        ratio("received, linked and judged [min]", whole, f"under {MINUTES}", held=whole < MINUTES)
        ratio(
            "rules across records, over everything [s]", full, f"under {FULL_S}", held=full < FULL_S
        )
        return _on_top(settings, folder)


def _on_top(settings: Settings, folder: Path) -> float:
    """A day's files, then 10,000 infusions, each received, linked and judged; what linking and judging
    the day took.
    """
    linking_day, judging_day = _taken(settings, write_day(settings, folder / "day"))
    day = linking_day + judging_day
    ratio("a day's files linked and judged [s]", day, f"under {DAY_S}", held=day < DAY_S)
    infusions = _taken(settings, write_infusions(settings, folder / "infusions"))
    ratio(
        "linking after 10,000 infusions [s]",
        infusions[0],
        f"under {LINK_S}",
        held=infusions[0] < LINK_S,
    )
    print(
        f"  linking the day {linking_day:.2f} s, judging the infusions {infusions[1]:.2f} s",
        flush=True,
    )
    return day


def _taken(settings: Settings, paths: list[Path]) -> tuple[float, float]:
    for path in paths:
        got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="BENCH")
        # A file that is refused is received fastest of all.
        assert got.counts["accepted"] == got.counts["rows"] > 0, got
    return linked(settings), _evaluated(settings)


def written(out: Path, donations: int) -> None:
    """Write a plant in a process of its own; print how long it took."""
    begun = time.perf_counter()
    # In a process of its own, whose peak of memory is then the writer's alone.
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(donations), str(out)],
        text=True,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    rows, peak = map(int, ran.stdout.split())
    seconds = time.perf_counter() - begun
    print(
        f"  written: {rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f} rows a second,"
        f" {peak} MB",
        flush=True,
    )


def received(settings: Settings, landing: Path) -> None:
    """Receive its files, by the profiles beside them; print how long each kind of record took."""
    told_how = sorted((landing.parent / "profiles").glob("*.toml"))
    profiles.add(settings, told_how, by="bench", now=datetime.now(UTC))
    taken: defaultdict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    files = sorted(path for path in landing.rglob("*") if path.is_file())
    for path in files:
        begun = time.perf_counter()
        got = receive(str(path), settings, by="bench", now=datetime.now(UTC))
        rows, seconds = taken[got.record or ""]
        taken[got.record or ""] = rows + got.counts["rows"], seconds + time.perf_counter() - begun
    rows, seconds = (sum(part) for part in zip(*taken.values(), strict=True))
    print(
        f"  received: {rows:,} rows of {len(files)} files in {seconds:.0f} s, {rows / seconds:,.0f}"
        " rows a second"
    )
    # Slowest first: that is where the next hour is spent.
    for record, (of_it, took) in sorted(taken.items(), key=lambda one: -one[1][1]):
        print(
            f"    {record:28} {of_it:>12,} rows {took:8.1f} s {of_it / took:>10,.0f} rows a second",
            flush=True,
        )


def linked(settings: Settings) -> float:
    """Link what was received; the seconds that it took."""
    begun = time.perf_counter()
    linking.link_entries(settings, now=datetime.now(UTC))
    return time.perf_counter() - begun


# Apart from linking: what rules cost grows otherwise than what links cost.
def _evaluated(settings: Settings) -> float:
    begun = time.perf_counter()
    evaluate(settings, now=datetime.now(UTC))
    return time.perf_counter() - begun


def _told(what: str, seconds: float) -> float:
    print(f"  {what}: {seconds:.1f} s", flush=True)
    return seconds


def _peak() -> int:
    told = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    line = next(line for line in told if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
