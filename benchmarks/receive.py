"""Receiving test results, from bytes to accepted rows, beside a plain COPY and beside pandas with
the same rules; with some bad rows among them; and by two processes at once.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import at_once, ground
from benchmarks.files import COLUMNS, write_results
from benchmarks.peer import typed, with_pandas
from benchmarks.timing import Took, ratio, timed, told
from lots.pipeline.receive import receive
from lots.postgres.cluster import Cluster
from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine

OURS, BAD, COPY = "receive", "receive, 1 % bad rows", "COPY, typed table and key"
PANDAS = "pandas + GX + COPY"
Way = Callable[[Settings, Path], None]


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the medians of the ways and their ratios."""
    path = write_results(folder / "test_result-1.csv", rows)
    bad = write_results(folder / "test_result-2.csv", rows, bad=True)
    print(
        f"Receiving {rows:,} test results, {path.stat().st_size / 1e6:.0f} MB, {len(COLUMNS)}"
        f" columns, {len(record('test_result').rules)} rules and a key:",
        flush=True,
    )
    ways: dict[str, tuple[Way, Path]] = {
        OURS: (_ours, path),
        BAD: (_with_bad, bad),
        COPY: (_copy, path),
        PANDAS: (with_pandas, path),
    }
    with ground.server(folder) as made:
        # Before anything is timed: the first use of a library pays for loading it.
        _warm(made, folder)
        found: dict[str, list[Took]] = {name: [] for name in ways}
        for _ in range(rounds):
            # In turns and not one way after the other: what else the machine does then hits all of
            # them.
            for name, (way, of) in ways.items():
                found[name].append(_on_fresh(made, folder, of, way))
        ours, with_bad, copy, peer = (told(name, found[name]) for name in ways)
        _ratios("receive / COPY", ours, copy, "at most 2.5", held=ours.wall <= 2.5 * copy.wall)
        least = with_bad.wall <= 3.3 * copy.wall
        _ratios("receive with 1 % bad rows / COPY", with_bad, copy, "at most 3.3", held=least)
        _ratios("pandas / receive", peer, ours, "at least 1.5", held=peer.wall >= 1.5 * ours.wall)
        at_once.measure(made, folder, rows, rounds)


def _ratios(what: str, one: Took, other: Took, wanted: str, *, held: bool) -> None:
    ratio(f"{what}, wall", one.wall / other.wall, wanted, held=held)
    print(f"  {what}, CPU: {one.cpu / other.cpu:.2f}", flush=True)


def _on_fresh(made: Cluster, folder: Path, path: Path, way: Way) -> Took:
    """What a way took in a database of its own, which it did not make."""
    with ground.database(made, folder) as settings:
        return timed(lambda: way(settings, path), lambda: ground.cpu_seconds(made))


def _warm(made: Cluster, folder: Path) -> None:
    """Load the libraries and let every way run once on a small file."""
    small = write_results(folder / "test_result-small.csv", 100)
    with ground.database(made, folder) as settings:
        _ours(settings, small)
        with_pandas(settings, small)


def _ours(settings: Settings, path: Path) -> None:
    got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="LAB-01")
    assert got.counts["accepted"] == got.counts["rows"] > 0, got


def _with_bad(settings: Settings, path: Path) -> None:
    got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="LAB-01")
    assert min(got.counts[name] for name in ("accepted", "refused", "findings")) > 0, got


def _copy(settings: Settings, path: Path) -> None:
    with engine("lots_owner", settings).begin() as connection:
        typed(connection)
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        statement = f"COPY plain ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, HEADER)"
        with cursor.copy(statement) as into, path.open("rb") as data:
            while piece := data.read(1 << 20):
                into.write(piece)
