"""The demo: every DAG in this one process, stage after stage, and then what came of it on the
screen.
"""

import sys

from lots import private
from lots.command import terminal
from lots.command.output import legible
from lots.command.progress import Progress
from lots.errors import LotsError
from lots.local import demo
from lots.records import STAGES
from lots.visible import visible


def main() -> int:
    """Run all of it; returns the exit code."""
    legible()
    private.begin()
    out = terminal.console()
    progress = Progress(out)
    try:
        with demo.alone(progress):
            run_all(progress)
            demo.screen(out)
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
    """Each stage, then linking; a real freeze-dryer's log is among the files where there is one.

    Asset events wake nothing here.
    """
    with demo.prepared(progress), progress.phase("Airflow") as told:
        from dags.follow import loaded

        dags, watch = loaded()
        told("in this process")
    demo.real_logs()
    runs = [(stage, stage.replace("_", " ")) for stage in STAGES]
    for dag, name in [*runs, ("linking", "linking")]:
        with progress.phase(name) as told:
            watch.begin(told)
            # In this process: each further DAG costs a second and a half, where a scheduler's tasks
            # are processes that import all anew.
            run = dags[dag].test()
            watch.end(str(run.state))


if __name__ == "__main__":
    sys.exit(main())
