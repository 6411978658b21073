"""This version beside an earlier one: each question on a plant of its own, and linking of the same
files, in turn, by the processors' time.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.questions import CASES
from benchmarks.timing import ratio

QUESTIONS, LINKING = 1.0, 1.25  # of the earlier version's time, at most
HERE = Path(__file__).parents[1]
# Runs in either version, by what both have.
CHILD = """
import sys, time
from pathlib import Path
from benchmarks import ground, questions, whole
from benchmarks.user import NAMED

folder, rows, said = Path(sys.argv[1]), int(sys.argv[2]), sys.stdout
sys.stdout = open("/dev/null", "w")  # what the parts of it print is not what was asked for
name = f"plant_{rows}"
done = folder / f"{name}.whole"
with ground.server(folder) as made:
    if not done.exists():
        whole.written(folder / name / "plant", rows)
    settings = ground.lasting(made, folder, name)
    if not done.exists():
        questions._filled(settings, folder / name / "plant" / "landing")
        done.touch()

    def took(do, *what):
        busy = time.process_time() + ground.cpu_seconds(made)
        do(*what)
        return time.process_time() + ground.cpu_seconds(made) - busy

    print("ready", file=said, flush=True)
    for line in sys.stdin:
        verb, _, what = line.strip().partition(" ")
        if verb == "write":
            whole.written(Path(what), max(rows // 50, 1000))
            found = 0
        elif verb == "link":
            with ground.database(made, folder) as fresh:
                whole.received(fresh, Path(what) / "landing")
                found = took(whole.linked, fresh)
        else:
            thing = str(questions.read(settings, NAMED[what]))
            found = took(questions._asked, settings, verb, what, thing)
        print(found, file=said, flush=True)
"""
Child = subprocess.Popen[str]


def run(folder: Path, rows: int, rounds: int, before: Path) -> None:
    """Ask both versions in turn. before: a checkout of the earlier one; its plant and ours are made
    in the folder, unless it has them.
    """
    print(f"Plants of {rows:,} donations, beside {before}, CPU:", flush=True)
    ways = {
        "before": _child(before, folder / "before", rows),
        "now": _child(HERE, folder / "now", rows),
    }
    for verb, kind in CASES:
        # Twice before it is timed: at first each version plans, and reads what is cold.
        for way in (*ways.values(), *ways.values()):
            _put(way, f"{verb} {kind}")
        _compared(ways, f"{verb} {kind}", rounds, QUESTIONS)
    files = folder / "linked"
    if not files.exists():
        # By the earlier version: the later one reads what that one wrote.
        _put(ways["before"], f"write {files}")
    _compared(ways, f"link {files}", rounds, LINKING)
    for way in ways.values():
        way.communicate()


def _compared(ways: dict[str, Child], what: str, rounds: int, most: float) -> None:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            took[name].append(_put(way, what))
    middle = {name: statistics.median(of_it) for name, of_it in took.items()}
    told = ", ".join(f"{name} {seconds * 1e3:,.0f} ms" for name, seconds in middle.items())
    share = middle["now"] / middle["before"]
    ratio(f"{what} ({told})", share, f"at most {most}", held=share <= most)


def _child(version: Path, folder: Path, rows: int) -> Child:
    """A process of that version that does what it is told to; its plant stands when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CHILD, str(folder.resolve()), str(rows)],
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=version,
        env={**os.environ, "PYTHONPATH": str(version)},
    )
    _line(child)
    return child


def _put(child: Child, what: str) -> float:
    assert child.stdin
    child.stdin.write(f"{what}\n")
    child.stdin.flush()
    return float(_line(child))


def _line(child: Child) -> str:
    assert child.stdout
    line = child.stdout.readline()
    assert line, f"the process of {child.args!r} ended"
    return line.strip()
