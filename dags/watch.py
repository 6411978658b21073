"""Watch: findings past their term, pending records past their term, senders overdue by their cadence."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule, dag, task

from lots.errors import DatabaseLost

ONLY_A_LOST_DATABASE = ExceptionRetryPolicy([RetryRule(DatabaseLost, RetryAction.RETRY)], RetryAction.FAIL)


@dag(
    dag_id="watch",
    description=__doc__,
    schedule=timedelta(hours=1),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(seconds=20), "retry_policy": ONLY_A_LOST_DATABASE},
)
def watching() -> None:
    @task
    def watch() -> list[str]:
        """A sentence for each rule and sender of which something is overdue."""
        from lots.pipeline import arrivals

        return arrivals.watch()

    watch()


watching()
