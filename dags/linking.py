"""Linking: what was accepted and is not linked yet, pulled from the tables whoever woke it."""

from airflow.sdk import Asset, AssetAny, dag, task

from dags.stages import USUAL
from lots.records import STAGES


@dag(
    dag_id="linking",
    description=__doc__,
    # Any of them wakes it; what it links it pulls from the tables, since runs that are queued may
    # be merged into one.
    schedule=AssetAny(*(Asset(f"accepted_{stage}") for stage in STAGES)),
    **USUAL,
)
def linking() -> None:
    @task
    def link() -> str:
        """Lots' closure, vials, parked rows: one transaction on one snapshot."""
        from lots.pipeline import scheduled

        return scheduled.link()

    link()


linking()
