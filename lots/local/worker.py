"""A host that runs tasks of what another host serves, until it is stopped."""

import os
import socket
from contextlib import ExitStack

from lots import private
from lots.errors import CallError
from lots.local.environment import of_worker, with_ours
from lots.local.revive import Reviver
from lots.local.serve import Parts, airflow_command, keep_running, part, told_to_end
from lots.settings import Settings


def worker(settings: Settings, executor: str, slots: int, name: str = "") -> int:
    """Take tasks until SIGINT, SIGTERM or SIGHUP, and leave no process behind. Returns the exit code.
    Raises CallError, ClusterError.
    """
    if slots < 1:
        raise CallError(f"--slots is {slots}; expected a whole number of at least 1.")
    # Two of one name would take each other's tasks for their own.
    called = name or f"{socket.gethostname()}-{os.getpid()}"
    environ = with_ours(os.environ, of_worker(settings, executor))
    logs = private.folder(settings.home / "airflow" / "logs")
    parts: Parts = {}
    with told_to_end() as end, ExitStack() as running:

        def start(name: str) -> None:
            parts[name] = running.enter_context(
                part(name, command(executor, slots, called), environ, logs)
            )

        start("worker")
        print(
            f"Worker {called} runs {slots} tasks at a time for {settings.airflow_address}; its log is"
            f" {logs / 'worker.log'}. Ctrl-C stops it.",
            flush=True,
        )
        keep_running(parts, Reviver(logs, start), end)
        print("\nStopping …", flush=True)
    return 0


def command(executor: str, slots: int, name: str) -> list[str]:
    """How the worker of an executor is run."""
    if executor == "edge":
        return airflow_command("edge", "worker", "-H", name, "-c", str(slots), "-q", "default")
    # It would serve its logs to whoever asks, on every address of its host.
    quiet = ("--skip-serve-logs", "--without-gossip", "--without-mingle")
    return airflow_command("celery", "worker", "-H", name, "-c", str(slots), *quiet)
