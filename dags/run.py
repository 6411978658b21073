"""The demo: every stage's DAG, two at once, then linking's, and then what came of it on the
screen.
"""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from threading import Thread

from dags import at_once
from lots import private
from lots.command import terminal
from lots.command.output import legible
from lots.command.progress import Progress
from lots.errors import LotsError
from lots.local import demo, screen
from lots.visible import visible

# What takes longest first, so that both processes end at about the same time. In whatever order files
# arrive, the same comes of them.
ORDER = (
    "donor_screening",
    "reconstitution",
    "distribution",
    "intake",
    "lyophilisation",
    "pooling",
    "viral_inactivation",
)


def main() -> int:
    """Run all of it; returns the exit code."""
    legible()
    private.begin()
    out = terminal.console()
    progress = Progress(out)
    try:
        with demo.alone(progress):
            run_all(progress)
            screen.screen(out)
    except LotsError as error:
        lines = "\n".join(map(visible, str(error).splitlines()))
        print(f"make run: {lines}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(
            "make run: interrupted; what was committed stands, and the next run goes on.",
            file=sys.stderr,
        )
        return 130
    return 0


def run_all(progress: Progress) -> None:
    """The stages, then linking; a real freeze-dryer's log is among the files where there is one.

    Asset events wake nothing here.
    """
    # Loading makes a million objects, which all stay: to look through them for what may go takes a
    # quarter of its time.
    gc.disable()
    # While the database starts, which is waiting for the most part; the first file would wait for it.
    judging = Thread(target=import_module, args=("validations.judge",))
    judging.start()
    with demo.prepared(progress), progress.phase("Airflow") as told:
        # Two threads that import the same modules may each get one that is half made.
        judging.join()
        from dags.follow import loaded

        dags, watch = loaded()
        told("in this process")
    demo.real_logs()

    def run(dag: str, tell: Callable[[str], None]) -> None:
        watch.begin(tell)
        # In this process: each further DAG costs half a second, where a scheduler's tasks are
        # processes that import all anew.
        watch.end(str(dags[dag].test().state))

    at_once.run_all(ORDER, run, progress)
    with progress.phase("linking") as told:
        run("linking", told)


if __name__ == "__main__":
    sys.exit(main())
