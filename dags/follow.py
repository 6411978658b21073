"""The DAGs as the demo runs them in its own process, and how it follows their tasks."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import httpx
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.listeners import hookimpl
from airflow.sdk.execution_time.supervisor import in_process_api_server
from airflow.sdk.listener import get_listener_manager
from airflow.utils.db import upgradedb

from lots.errors import FileRefused
from lots.loaded import stays


class Watch:
    """Hears of every task that ends; tells how far a run is, and why it failed."""

    def begin(self, tell: Callable[[str], None]) -> None:
        """A new run; nothing of the one before counts."""
        self.tell, self.files, self.done = tell, 0, 0
        self.reasons: dict[str, str] = {}

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:
        """Tell where the run is."""
        match task_instance.task_id:
            case "waiting":
                handfuls = task_instance.xcom_pull(task_ids="waiting") or ()
                self.files = sum(len(files) for files in handfuls)
                self.tell(
                    f"0 of {self.files} files"
                    if self.files
                    else "nothing new; all was received before"
                )
            case "receive":
                self.done += len(task_instance.task.op_kwargs["files"])
                self.tell(f"{self.done} of {self.files} files")
            case "link":
                self.tell(str(task_instance.xcom_pull(task_ids="link")).rstrip("."))

    @hookimpl
    def on_task_instance_failed(
        self, task_instance: Any, error: BaseException | str | None
    ) -> None:
        """Keep why: the last task that failed is the leaf, which names the files."""
        # To Airflow a task that failed, after which it would go on with the others.
        if isinstance(error, KeyboardInterrupt):
            raise error
        self.reasons[task_instance.task_id] = str(error)

    def end(self, state: str) -> None:
        """Raise FileRefused unless the run went well."""
        if state != "success":
            raise FileRefused(
                list(self.reasons.values())[-1] if self.reasons else f"The run ended as {state}."
            )
        if self.files:
            self.tell(f"{self.files} files" if self.files > 1 else "1 file")


def loaded() -> tuple[dict[str, Any], Watch]:
    """The DAGs by name, and what listens to their tasks; Airflow's own tables are up to date."""
    upgradedb()
    watch = Watch()
    get_listener_manager().add_listener(watch)  # type: ignore[no-untyped-call]
    dags = _noted()
    asyncio.run(_served())
    # What is loaded stays: looking through it again and again takes a tenth of the time.
    stays()
    gc.enable()
    return dags, watch


def _noted() -> dict[str, Any]:
    """The DAGs, noted in Airflow's tables: two whose first runs noted them at once would both insert
    them.
    """
    manager = DagBundlesManager()  # type: ignore[no-untyped-call]
    manager.sync_bundles_to_db()
    bundle = manager.get_bundle("dags-folder")
    bag = BundleDagBag(dag_folder=bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
    sync_bag_to_db(bag, bundle.name, bundle.version)
    return bag.dags


async def _served() -> None:
    """Ask what answers tasks in this process: at its first question it takes seconds to make
    itself.
    """
    api = in_process_api_server().atransport
    async with httpx.AsyncClient(transport=api, base_url="http://in-process.invalid") as client:
        await client.get("/health")
