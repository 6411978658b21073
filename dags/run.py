"""The demo: every DAG in this one process, stage after stage, and then what came of it on the screen."""

import sys

from lots import demo, terminal
from lots.errors import LotsError
from lots.output import legible
from lots.progress import Progress
from lots.records import STAGES


def main() -> int:
    """Run all of it; returns the exit code."""
    legible()
    out = terminal.console()
    progress = Progress(out)
    try:
        with demo.alone(progress):
            run_all(progress)
            demo.screen(out)
    except LotsError as error:
        print(f"make run: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("make run: interrupted; what was committed stands, and the next run goes on.", file=sys.stderr)
        return 130
    return 0


def run_all(progress: Progress) -> None:
    """Each stage, a real freeze-dryer's log where there is one, then linking. Asset events wake nothing here."""
    with demo.prepared(progress), progress.phase("Airflow") as told:
        from dags.follow import loaded

        dags, watch = loaded()
        told("in this process")
    runs = [(stage, stage.replace("_", " "), "") for stage in STAGES]
    if place := demo.real_place():
        runs.append(("lyophilisation", "a real freeze-dryer's log", place))
    for dag, name, place in [*runs, ("linking", "linking", "")]:
        with progress.phase(name) as told:
            watch.begin(told)
            run = dags[dag].test(run_conf={"place": place})
            watch.end(str(run.state))


if __name__ == "__main__":
    sys.exit(main())
