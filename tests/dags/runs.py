"""Run by itself: DAG after DAG in one process, each as DAG=FOLDER; how each run ended, as JSON."""

import json
import sys

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.listener import get_listener_manager
from airflow.utils.db import upgradedb

from dags.follow import Watch
from lots.errors import FileRefused


def run(bag: DagBag, name: str, place: str, watch: Watch) -> dict[str, str]:
    """How one run ended: its state, what was told last, and the sentence that it failed with."""
    told: list[str] = [""]
    watch.begin(told.append)
    state = str(bag.dags[name].test(run_conf={"place": place} if place else {}).state)
    try:
        watch.end(state)
    except FileRefused as error:
        return {"state": state, "told": told[-1], "sentence": str(error)}
    return {"state": state, "told": told[-1], "sentence": ""}


if __name__ == "__main__":
    upgradedb()
    watch, bag = Watch(), DagBag()
    get_listener_manager().add_listener(watch)  # type: ignore[no-untyped-call]
    ended = [
        run(bag, name, place, watch) for name, place in (asked.split("=") for asked in sys.argv[1:])
    ]
    print(json.dumps(ended))
