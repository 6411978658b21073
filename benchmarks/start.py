"""How long the library takes to be imported and the command to say what it can."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.timing import in_turn, ratio, told


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the medians, with what Python itself takes; `folder` and `rows` do not matter here."""
    print("Starting, with compiled bytecode:", flush=True)
    ways = {
        "python -c pass": ["-c", "pass"],
        "import lots": ["-c", "import lots"],
        "lots --help": ["-m", "lots.command.cli", "--help"],
    }
    found = in_turn(
        {name: partial(_python, arguments) for name, arguments in ways.items()},
        rounds,
        _of_children,
    )
    _, imported, helped = (told(name, rounds).wall for name, rounds in found.items())
    ratio("import lots [s]", imported, "under 0.3", held=imported < 0.3)
    ratio("lots --help [s]", helped, "under 0.7", held=helped < 0.7)


def _of_children() -> float:
    took = os.times()
    return took.children_user + took.children_system


def _python(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
