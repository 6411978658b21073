"""Run by itself: DAG after DAG in one process, each as DAG=FOLDER; how each run ended, as JSON.
Between them landing=FOLDER puts a folder where files land, in the place of another.
"""

import json
import os
import shutil
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


def land(folder: str) -> None:
    """What lands from now on is in this folder."""
    landing = os.environ["LOTS_LANDING_URL"]
    shutil.rmtree(landing, ignore_errors=True)
    os.rename(folder, landing)


if __name__ == "__main__":
    upgradedb()
    watch, bag = Watch(), DagBag()
    get_listener_manager().add_listener(watch)  # type: ignore[no-untyped-call]
    ended = []
    for name, place in (asked.split("=") for asked in sys.argv[1:]):
        if name == "landing":
            land(place)
        else:
            ended.append(run(bag, name, place, watch))
    print(json.dumps(ended))
