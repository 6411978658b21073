"""Watch: findings past their term, pending records past their term, senders overdue by their
cadence.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from dags.stages import USUAL


@dag(
    dag_id="watch",
    description=__doc__,
    schedule=timedelta(hours=1),
    **USUAL,
)
def watching() -> None:
    @task
    def watch() -> list[str]:
        """A sentence for each rule and sender of which something is overdue."""
        from lots.pipeline import scheduled

        return scheduled.watch()

    watch()


watching()
