"""Airflow's scheduler and pages, until we are stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import psutil

from lots import private
from lots.errors import CallError, ClusterError
from lots.local.environment import environment
from lots.pipeline.installation_lock import turn
from lots.settings import Settings

# Tasks' logs are files of ours.
PARTS = {
    "scheduler": ["--skip-serve-logs"],
    "dag-processor": [],
    "api-server": [],
}
HEALTHY = ("metadatabase", "scheduler", "dag_processor")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 120
GRACE = 20

Parts = dict[str, "subprocess.Popen[bytes]"]


def serve(settings: Settings, port: int) -> int:
    """Run Airflow until SIGINT, SIGTERM or SIGHUP, and leave no process behind. Returns the exit
    code.
    """
    # Asked before anything is started: Airflow would tell it a minute later, in a log.
    _refuse_taken(port)
    logs = settings.home / "airflow" / "logs"
    with turn(settings.home, "lots serve", _busy), _told_to_end() as end, ExitStack() as running:
        environ = {**os.environ, **environment(settings, port)}
        private.folder(logs)
        print("Bringing Airflow's tables up to date …", flush=True)
        _migrate(environ, logs)
        print("Starting the scheduler and the pages …", flush=True)
        # Airflow's own `standalone` leaves its parts behind when it is told to end; an orphaned
        # scheduler would take our tasks.
        parts = {
            part: running.enter_context(_part(part, environ, logs))
            for part in PARTS
            if not end.is_set()
        }
        _await_health(parts, port, logs, end)
        if not end.is_set():
            print(_welcome(settings, port), flush=True)
        while not end.wait(1):
            _refuse_ended(parts, logs)
        print("\nStopping …", flush=True)
    return 0


def _refuse_taken(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise CallError(
            f"Port {port} cannot be used ({error.strerror}); expected a free one (--port)."
        ) from None


def _busy(holder: str) -> None:
    raise CallError(
        f"'{holder}' works on this installation; expected nobody else. Stop it, or wait until it is"
        " done."
    )


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """What is set by the first signal to end; later ones change nothing, so that nobody interrupts
    the stopping.
    """
    end = Event()
    before = {number: signal.signal(number, lambda *_: end.set()) for number in ENDING}
    try:
        yield end
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "airflow", *arguments]


def _migrate(environ: dict[str, str], logs: Path) -> None:
    log = logs / "migrate.log"
    with log.open("wb") as out:
        done = subprocess.run(
            _command("db", "migrate"),
            env=environ,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise ClusterError(f"Airflow's tables could not be brought up to date; see {log}.")


@contextmanager
def _part(name: str, environ: dict[str, str], logs: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """A part of Airflow in a session of its own; at the end it is stopped with all that it started."""
    command = _command(name, *PARTS[name])
    with (logs / f"{name}.log").open("ab") as out:
        process = subprocess.Popen(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            # A session of its own: Ctrl-C reaches us alone, and what it leaves can be found by its
            # session.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask the part to end, then end what is left of it."""
    family = _family(process.pid)
    if process.poll() is None:
        process.terminate()
        psutil.wait_procs(family, timeout=GRACE)
    for left in {*family, *_family(process.pid)}:
        with suppress(psutil.NoSuchProcess):  # it is told apart from a later one of the same number
            left.kill()
    process.wait()


def _family(pid: int) -> list[psutil.Process]:
    """The process, its descendants, and whatever else is of the session that it leads."""
    # A part's children may outlive it and then have no parent to be found by.
    found = [p for p in psutil.process_iter() if _session(p.pid) == pid]
    with suppress(psutil.NoSuchProcess):
        found += psutil.Process(pid).children(recursive=True)
    return list(dict.fromkeys(found))


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return 0


def _await_health(parts: Parts, port: int, logs: Path, end: Event) -> None:
    for _ in range(PATIENCE * 2):
        _refuse_ended(parts, logs)
        if _healthy(port) or end.wait(0.5):
            return
    raise ClusterError(f"Airflow was not healthy after {PATIENCE} s; see {logs}.")


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5) as answer:
            health = json.load(answer)
    except OSError:
        return False
    return all(health[part]["status"] == "healthy" for part in HEALTHY)


def _refuse_ended(parts: Parts, logs: Path) -> None:
    for name, process in parts.items():
        if process.poll() is not None:
            raise ClusterError(
                f"Airflow's {name} ended with exit code {process.returncode}; see"
                f" {logs / name}.log."
            )


def _welcome(settings: Settings, port: int) -> str:
    return (
        f"Airflow is at http://127.0.0.1:{port}; it asks for no log-in: whoever is on this machine"
        f" administers it.\nFiles put into {settings.landing_url}/SENDER/ are received within five"
        " minutes, or at once when a stage is triggered; linking follows by itself.\nCtrl-C"
        " stops it."
    )
