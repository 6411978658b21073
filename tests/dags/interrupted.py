"""Run by itself: intake, interrupted while a task of it receives; how that ended, as JSON."""

import json
import os
import signal
import sys
import threading
import time
from types import FrameType

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.listener import get_listener_manager
from airflow.utils.db import upgradedb

from dags.follow import Watch


def interrupt() -> None:
    """Interrupt this process once its first thread is in the task: it loads what judges then."""
    while "receive" not in functions(sys._current_frames()[threading.main_thread().ident or 0]):
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)


def functions(frame: FrameType | None) -> set[str]:
    """Those of the DAGs that a thread is in."""
    found = set()
    while frame:
        if frame.f_code.co_filename.endswith("dags/stages.py"):
            found.add(frame.f_code.co_name)
        frame = frame.f_back
    return found


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    upgradedb()
    watch, bag = Watch(), DagBag()
    get_listener_manager().add_listener(watch)  # type: ignore[no-untyped-call]
    watch.begin(lambda sentence: None)
    threading.Thread(target=interrupt, daemon=True).start()
    try:
        ended = str(bag.dags["intake"].test().state)
    except KeyboardInterrupt:
        ended = "interrupted"
    print(json.dumps(ended))
