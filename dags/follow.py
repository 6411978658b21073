"""The DAGs as the demo runs them in its own process, and how it follows their tasks."""

import gc
from collections.abc import Callable
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.listeners import hookimpl
from airflow.sdk.listener import get_listener_manager
from airflow.utils.db import upgradedb

from lots.errors import FileRefused


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
    dags = DagBag().dags
    import validations.judge  # noqa: F401  the first file would wait for it

    # a million objects that stay: looking through them again and again takes a tenth of the time
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return dags, watch
