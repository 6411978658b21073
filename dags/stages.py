"""One function makes the DAG of any stage; each stage's own file calls it and says nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import (
    DAG,
    Asset,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    TriggerRule,
    dag,
    task,
)
from airflow.sdk.exceptions import AirflowRuntimeError, AirflowSkipException

from lots.errors import DatabaseLost
from lots.pipeline.scheduled import Outcome

# Bad data do not mend themselves by being read again; a database that is away may come back, ours or
# Airflow's own, of which a task learns by what Airflow's server answers it.
ONLY_A_LOST_DATABASE = ExceptionRetryPolicy(
    [RetryRule([DatabaseLost, AirflowRuntimeError], RetryAction.RETRY)], RetryAction.FAIL
)
USUAL: dict[str, Any] = {  # what all DAGs of the house have in common
    "start_date": datetime(2026, 1, 1, tzinfo=UTC),
    "catchup": False,
    # A second run would find the same files waiting, and receive them once more in vain.
    "max_active_runs": 1,
    "default_args": {
        "retries": 3,
        "retry_delay": timedelta(seconds=20),
        "retry_policy": ONLY_A_LOST_DATABASE,
    },
}


def stage(name: str, description: str | None) -> Callable[[], DAG]:
    """What makes a stage's DAG when it is called: in the stage's own file, whose name Airflow
    keeps.
    """

    @dag(dag_id=name, description=description, schedule=timedelta(minutes=5), **USUAL)
    def of_stage() -> None:
        places = waiting(name)
        outcomes = receive.expand(place=places)
        all_received(places, outcomes)
        wake_linking.override(outlets=[Asset(f"accepted_{name}")])(outcomes)

    return of_stage


@task
def waiting(stage: str) -> list[str]:
    """The stage's files in the landing folder that were not received;
    a run's conf names no other.
    """
    from lots.pipeline import scheduled

    return scheduled.waiting(stage)


# Two at a time: each judges its file on a processor while PostgreSQL works on another.
@task(map_index_template="{{ place }}", max_active_tis_per_dagrun=2, multiple_outputs=False)
def receive(place: str) -> Outcome:
    """One file: bad data are a result; only a lost database is tried again."""
    from lots.pipeline import scheduled

    return scheduled.take(place)


@task(trigger_rule=TriggerRule.ALL_DONE)
def all_received(asked: list[str], outcomes: list[Outcome]) -> str:
    """The run fails here, with a sentence, where a file was not received."""
    from lots.pipeline import scheduled

    return scheduled.settle(asked, outcomes)


@task(trigger_rule=TriggerRule.ALL_DONE)
def wake_linking(outcomes: list[Outcome]) -> None:
    """Whatever became of the others: what was received is to be linked."""
    # Skipped, not done: an asset's event would wake linking for nothing.
    if not len(outcomes):
        raise AirflowSkipException
