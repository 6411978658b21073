"""Linking: what was accepted and is not linked yet, pulled from the tables whoever woke it."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import Asset, AssetAny, ExceptionRetryPolicy, RetryAction, RetryRule, dag, task

from lots.errors import DatabaseLost
from lots.records import STAGES

ONLY_A_LOST_DATABASE = ExceptionRetryPolicy([RetryRule(DatabaseLost, RetryAction.RETRY)], RetryAction.FAIL)


@dag(
    dag_id="linking",
    description=__doc__,
    schedule=AssetAny(*(Asset(f"accepted_{stage}") for stage in STAGES)),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(seconds=20), "retry_policy": ONLY_A_LOST_DATABASE},
)
def linking() -> None:
    @task
    def link() -> str:
        """Lots' closure, vials, parked rows: one transaction on one snapshot."""
        from lots.pipeline import arrivals

        return arrivals.link()

    link()


linking()
