"""Pooling and fractionation: pools, what went into them, and the lots made of them."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import Asset, ExceptionRetryPolicy, RetryAction, RetryRule, TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from lots.errors import DatabaseLost
from lots.pipeline.arrivals import Outcome

STAGE = "pooling"
ONLY_A_LOST_DATABASE = ExceptionRetryPolicy([RetryRule(DatabaseLost, RetryAction.RETRY)], RetryAction.FAIL)


@dag(
    dag_id=STAGE,
    description=__doc__,
    schedule=timedelta(minutes=5),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(seconds=20), "retry_policy": ONLY_A_LOST_DATABASE},
)
def stage() -> None:
    @task
    def waiting() -> list[str]:
        """The stage's files in the landing place that were not received yet; a run's conf names no other place."""
        from lots.pipeline import arrivals

        return arrivals.waiting(STAGE)

    @task(map_index_template="{{ place }}", max_active_tis_per_dagrun=2, multiple_outputs=False)
    def receive(place: str) -> Outcome:
        """One file: bad data are a result; only a lost database is tried again."""
        from lots.pipeline import arrivals

        return arrivals.take(place)

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def all_received(asked: list[str], outcomes: list[Outcome]) -> str:
        """The run fails here, with a sentence, where a file was not received."""
        from lots.pipeline import arrivals

        return arrivals.settle(asked, outcomes)

    @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[Asset(f"accepted_{STAGE}")])
    def wake_linking(outcomes: list[Outcome]) -> None:
        """Whatever became of the others: what was received is to be linked."""
        if not len(outcomes):
            raise AirflowSkipException

    places = waiting()
    outcomes = receive.expand(place=places)
    all_received(places, outcomes)
    wake_linking(outcomes)


stage()
