"""The demo: every DAG in this one process, stage after stage, and then what came of it on the screen."""

import gc
import sys
from typing import Any

from lots import demo, terminal
from lots.errors import LotsError
from lots.progress import Progress
from lots.records import STAGES


def main() -> int:
    """Run all of it; returns the exit code."""
    out = terminal.console()
    progress = Progress(out)
    try:
        with demo.alone(progress):
            demo.prepare(progress)
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
    with progress.phase("Airflow and its judge") as told:
        dags, watch = loaded()
        told("in this process; its tables in the database airflow")
    runs = [*((dags[stage], stage.replace("_", " "), {}) for stage in STAGES), (dags["linking"], "linking", {})]
    if place := demo.real_place():
        runs.insert(-1, (dags["lyophilisation"], "a real freeze-dryer's log", {"place": place}))
    for dag, name, conf in runs:
        with progress.phase(name) as told:
            watch.begin(told)
            run = dag.test(run_conf=conf)
            watch.end(str(run.state))


def loaded() -> tuple[dict[str, Any], Any]:
    """The DAGs by name and what listens to their tasks; Airflow's own tables are up to date."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk.listener import get_listener_manager
    from airflow.utils.db import upgradedb

    from dags.watch import Watch

    upgradedb()
    watch = Watch()
    get_listener_manager().add_listener(watch)
    dags = DagBag().dags
    import validations.judge  # noqa: F401  the first file would wait for it

    gc.freeze()  # a million objects that stay: looking through them again and again takes a tenth of the time
    gc.set_threshold(100_000, 50, 100)
    return dags, watch


if __name__ == "__main__":
    sys.exit(main())
