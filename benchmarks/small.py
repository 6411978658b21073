"""Receiving many small files of a record type: each judged alone,
and all of them judged together; and the small files of a whole plant, as the demo has them.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks import ground
from benchmarks.files import write_results
from benchmarks.timing import Took, median, ratio, timed
from benchmarks.whole import written as plant_written
from lots.pipeline import profiles
from lots.pipeline.read_ahead import SMALL
from lots.pipeline.receive_all import each, one
from lots.postgres.cluster import Cluster
from lots.settings import Settings

FILES, ROWS = 50, 100
MOST_MS, MIXED_MS = 60, 90  # of processors, a file
DONATIONS = 2_000  # of the plant, whose files are as many as a larger one's kinds of records
Way = Callable[[Settings, list[Path]], None]


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the milliseconds of CPU that a file takes both ways; `rows` does not matter here."""
    print(f"{FILES} files of {ROWS} test results, received and not linked:", flush=True)
    paths = written(folder)
    ways: dict[str, Way] = {"each alone": _alone, "all together": _together}
    found: dict[str, list[Took]] = {name: [] for name in ways}
    with ground.server(folder) as made:
        for way in ways.values():  # the first use of a library pays for loading it
            _on_fresh(made, folder, paths, way)
        for _ in range(rounds):
            for name, way in ways.items():
                found[name].append(_on_fresh(made, folder, paths, way))
    alone, together = (_told(name, found[name]) for name in ways)
    ratio("CPU of a file [ms]", together, f"at most {MOST_MS}", held=together <= MOST_MS)
    print(f"  alone / together, CPU: {alone / together:.2f}", flush=True)
    _mixture(folder / "mixed", rounds)


def _mixture(folder: Path, rounds: int) -> None:
    """The same of a plant's small files, of many record types."""
    folder.mkdir()
    plant_written(folder / "plant", DONATIONS)
    landed = sorted(path for path in (folder / "plant" / "landing").rglob("*") if path.is_file())
    paths = [path for path in landed if path.stat().st_size <= SMALL]
    print(f"{len(paths)} small files of a plant of {DONATIONS:,} donations:", flush=True)
    told_how = sorted((folder / "plant" / "profiles").glob("*.toml"))

    def mixed(settings: Settings, paths: list[Path]) -> None:
        for got in each([*map(str, paths)], settings, by="bench", now=lambda: datetime.now(UTC)):
            assert got.receipt, got

    found = []
    with ground.server(folder) as made:
        for _ in range(rounds):
            with ground.database(made, folder) as settings:
                profiles.add(settings, told_how, by="bench", now=datetime.now(UTC))
                way = partial(mixed, settings, paths)
                found.append(timed(way, lambda: ground.cpu_seconds(made)))
    cpu = median(found).cpu / len(paths) * 1000
    ratio("CPU of a file [ms]", cpu, f"at most {MIXED_MS}", held=cpu <= MIXED_MS)


def written(folder: Path) -> list[Path]:
    """The files, each with rows of its own."""
    (folder / "LAB-01").mkdir(exist_ok=True)
    return [
        write_results(folder / "LAB-01" / f"test_result-{n:02d}.csv", ROWS, salt=n)
        for n in range(FILES)
    ]


def _told(name: str, rounds: list[Took]) -> float:
    took = median(rounds)
    cpu = took.cpu / FILES * 1000
    print(
        f"  {name:<29} {cpu:.0f} ms of CPU a file, {took.wall / FILES * 1000:.0f} ms by the clock",
        flush=True,
    )
    return cpu


def _on_fresh(made: Cluster, folder: Path, paths: list[Path], way: Way) -> Took:
    with ground.database(made, folder) as settings:
        return timed(lambda: way(settings, paths), lambda: ground.cpu_seconds(made))


def _alone(settings: Settings, paths: list[Path]) -> None:
    for path in paths:
        got = one(str(path), settings, by="bench", now=lambda: datetime.now(UTC))
        assert got.counts["accepted"] == got.counts["rows"] == ROWS, got


def _together(settings: Settings, paths: list[Path]) -> None:
    places = [str(path) for path in paths]
    for got in each(places, settings, by="bench", now=lambda: datetime.now(UTC)):
        assert got.counts["accepted"] == got.counts["rows"] == ROWS, got
