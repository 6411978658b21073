"""Run by itself: what Airflow reads from the DAG folder, as JSON. Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowRuntimeError, ErrorType
from airflow.sdk.execution_time.comms import ErrorResponse

from lots.errors import CallError, DatabaseLost, GateClosed

HEAVY = {
    "alembic",
    "great_expectations",
    "numpy",
    "pandas",
    "psycopg",
    "pyarrow",
    "validations",
    "lots.store",
}
# What a task meets where Airflow's own database is away.
AWAY = AirflowRuntimeError(ErrorResponse(error=ErrorType.API_SERVER_ERROR))
ERRORS = (
    DatabaseLost("gone"),
    AWAY,
    GateClosed("two readings"),
    CallError("wrong"),
    ValueError("a bug"),
)


def of_task(task: Any) -> dict[str, Any]:
    """What is asked of one task."""
    given = task.partial_kwargs if task.is_mapped else vars(task)
    policy = given["retry_policy"]
    return {
        "mapped": task.is_mapped,
        "below": sorted(task.downstream_task_ids),
        "trigger": task.trigger_rule.value,
        "outlets": [asset.name for asset in task.outlets],
        "retries": task.retries,
        "delays": [given["retry_delay"].seconds, *delays(policy)],
        "retried": [
            type(e).__name__ for e in ERRORS if policy.evaluate(e, 1, 3).action.value == "retry"
        ],
    }


def delays(policy: Any) -> list[int]:
    """After how many seconds a task is tried again, for each error for which it is."""
    told = (policy.evaluate(error, 1, 3) for error in ERRORS)
    return [one.retry_delay.seconds for one in told if one.action.value == "retry"]


def woken_by(timetable: Any) -> list[str]:
    """The assets that wake a DAG."""
    condition = getattr(timetable, "asset_condition", None)
    return sorted(asset.name for asset in condition.objects) if condition else []


def of_dag(dag: Any) -> dict[str, Any]:
    """What is asked of one DAG."""
    return {
        "file": Path(dag.fileloc).name,
        "runs": dag.max_active_runs,
        "catchup": dag.catchup,
        "woken_by": woken_by(dag.timetable),
        "tasks": {task.task_id: of_task(task) for task in dag.tasks},
    }


if __name__ == "__main__":
    before = set(sys.modules)
    bag = DagBag(sys.argv[1])
    loaded = sorted(HEAVY & (set(sys.modules) - before))
    dags = {name: of_dag(dag) for name, dag in bag.dags.items()}
    print(json.dumps({"import_errors": bag.import_errors, "loaded": loaded, "dags": dags}))
