"""Watch: receipts that a host left, findings past their term, pending records past their term,
senders overdue by their cadence.
"""

from datetime import timedelta

from airflow.sdk import TriggerRule, dag, task

from dags.stages import USUAL


@dag(
    dag_id="watch",
    description=__doc__,
    schedule=timedelta(hours=1),
    **USUAL,
)
def watching() -> None:
    @task
    def take_up() -> list[str]:
        """A sentence for each receipt that was left and is concluded, or cannot be."""
        from lots.pipeline import scheduled

        return scheduled.take_up()

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def watch() -> list[str]:
        """A sentence for each rule and sender of which something is overdue."""
        from lots.pipeline import scheduled

        return scheduled.watch()

    take_up() >> watch()


watching()
