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
    [
        RetryRule(
            [DatabaseLost, AirflowRuntimeError],
            RetryAction.RETRY,
            # Three times, that is a minute in which it may come back.
            retry_delay=timedelta(seconds=20),
        )
    ],
    RetryAction.FAIL,
)
USUAL: dict[str, Any] = {  # what all DAGs of the house have in common
    "start_date": datetime(2026, 1, 1, tzinfo=UTC),
    "catchup": False,
    # A second run would find the same files waiting, and receive them once more in vain.
    "max_active_runs": 1,
    "default_args": {
        "retries": 3,
        # Of a task that raised nothing, as where its worker was killed: waited for long enough already.
        "retry_delay": timedelta(seconds=2),
        "retry_policy": ONLY_A_LOST_DATABASE,
    },
}
# What a task is called on Airflow's pages.
NAMED = "{{ task.op_kwargs['files'] | first }}, {{ task.op_kwargs['files'] | length }} in all"


def stage(name: str, description: str | None) -> Callable[[], DAG]:
    """What makes a stage's DAG when it is called: in the stage's own file, whose name Airflow
    keeps.
    """

    @dag(dag_id=name, description=description, schedule=timedelta(minutes=5), **USUAL)
    def of_stage() -> None:
        handfuls = waiting(name)
        outcomes = receive.expand(files=handfuls)
        all_received(handfuls, outcomes)
        wake_linking.override(outlets=[Asset(f"accepted_{name}")])(outcomes)

    return of_stage


@task
def waiting(stage: str) -> list[list[str]]:
    """The stage's files in the landing folder that were not received, by the handful;
    a run's conf names no other.
    """
    from lots.pipeline import scheduled

    return scheduled.waiting(stage)


# Two at a time: each judges its files on a processor while PostgreSQL works on another.
@task(map_index_template=NAMED, max_active_tis_per_dagrun=2, multiple_outputs=False)
def receive(files: list[str], ti: Any = None) -> list[Outcome]:
    """Some small files, or a large one: bad data are a result; only a lost database is tried
    again.
    """
    from lots.pipeline import scheduled

    return scheduled.take(files, again=ti.try_number > 1)


@task(trigger_rule=TriggerRule.ALL_DONE)
def all_received(asked: list[list[str]], outcomes: list[list[Outcome]]) -> str:
    """The run fails here, with a line for each file that was not received."""
    from lots.pipeline import scheduled

    return scheduled.settle(asked, outcomes)


@task(trigger_rule=TriggerRule.ALL_DONE)
def wake_linking(outcomes: list[list[Outcome]]) -> None:
    """Whatever became of the others: what was received is to be linked."""
    # Skipped, not done: an asset's event would wake linking for nothing.
    if not len(outcomes):
        raise AirflowSkipException
