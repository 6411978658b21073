"""How long the library takes to be imported and the command to say what it can."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.timing import in_turn, ratio, table


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print both medians, less what Python itself takes; `folder` and `rows` do not matter here."""
    print("Starting, with compiled bytecode:", flush=True)
    ways = {"python -c pass": ["-c", "pass"], "import lots": ["-c", "import lots"],
            "lots --help": ["-m", "lots.cli", "--help"]}
    medians = table(in_turn({name: partial(_python, arguments) for name, arguments in ways.items()}, rounds))
    ratio("import lots [s]", medians["import lots"], "under 0.3", held=medians["import lots"] < 0.3)
    ratio("lots --help [s]", medians["lots --help"], "under 0.7", held=medians["lots --help"] < 0.7)


def _python(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
