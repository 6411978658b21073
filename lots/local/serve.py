"""The service with its pages, and Airflow's scheduler, until we are stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
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

# Each answers any request: nothing of a session is in a process.
WORKERS = 2

Parts = dict[str, "subprocess.Popen[bytes]"]


@dataclass(frozen=True, slots=True)
class Ports:
    """Where our pages are, and Airflow's own; both on the loopback alone."""

    pages: int
    airflow: int


def serve(settings: Settings, ports: Ports, link: str | None) -> int:
    """Run the service and Airflow until SIGINT, SIGTERM or SIGHUP, and leave no process behind.
    Returns the exit code. link: the token of the one that makes the first administrator.
    """
    # Asked before anything is started: Airflow would tell it a minute later, in a log.
    for port in (ports.pages, ports.airflow):
        _refuse_taken(port)
    logs = settings.home / "airflow" / "logs"
    with turn(settings.home, "lots serve", _busy), _told_to_end() as end, ExitStack() as running:
        environ = {**os.environ, **environment(settings, ports.airflow)}
        private.folder(logs)
        print("Bringing Airflow's tables up to date …", flush=True)
        _migrate(environ, logs)
        print("Starting the scheduler and the pages …", flush=True)
        # Airflow's own `standalone` leaves its parts behind when it is told to end; an orphaned
        # scheduler would take our tasks.
        parts = {
            name: running.enter_context(part(name, command, environ, logs))
            for name, command in commands(ports.pages).items()
            if not end.is_set()
        }
        _await_health(parts, ports, logs, end)
        if not end.is_set():
            print(_welcome(settings, ports, link), flush=True)
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


def commands(port: int) -> dict[str, list[str]]:
    """Each part with what it is run by; the service first, since it is there soonest."""
    airflow = {name: _command(name, *options) for name, options in PARTS.items()}
    return {"service": _service(port), **airflow}


def _service(port: int) -> list[str]:
    options = {
        "host": "127.0.0.1",
        "port": port,
        "workers": WORKERS,
        "log-level": "warning",
        "timeout-graceful-shutdown": 10,
    }
    said = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    # No log of accesses: an address may be one that somebody should not have typed.
    quiet = ["--no-access-log", "--no-server-header", "--factory"]
    return [sys.executable, "-m", "uvicorn", "lots.service.app:serving", *said, *quiet]


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
def part(
    name: str, command: list[str], environ: dict[str, str], logs: Path
) -> "Iterator[subprocess.Popen[bytes]]":
    """A part in a session of its own; at the end it is stopped with all that it started."""
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


def _await_health(parts: Parts, ports: Ports, logs: Path, end: Event) -> None:
    for _ in range(PATIENCE * 2):
        _refuse_ended(parts, logs)
        if (_served(ports.pages) and _healthy(ports.airflow)) or end.wait(0.5):
            return
    raise ClusterError(f"The service or Airflow was not healthy after {PATIENCE} s; see {logs}.")


def _served(port: int) -> bool:
    return bool(_answer(f"http://127.0.0.1:{port}/health"))


def _healthy(port: int) -> bool:
    health = _answer(f"http://127.0.0.1:{port}/api/v2/monitor/health")
    return bool(health) and all(health[part]["status"] == "healthy" for part in HEALTHY)


def _answer(address: str) -> dict[str, Any]:
    """What is answered there as JSON; nothing where nobody answers yet."""
    try:
        with urlopen(address, timeout=5) as answer:
            told: dict[str, Any] = json.load(answer)
    except OSError:
        return {}
    return told


def _refuse_ended(parts: Parts, logs: Path) -> None:
    for name, process in parts.items():
        if process.poll() is not None:
            raise ClusterError(
                f"{name}: part: expected to run on, got exit code {process.returncode}; see"
                f" {logs / name}.log."
            )


def _welcome(settings: Settings, ports: Ports, link: str | None) -> str:
    pages = f"http://127.0.0.1:{ports.pages}"
    first = (
        f"\nWhoever opens this link first, within 24 hours, becomes an administrator:"
        f"\n{pages}/welcome/{link}"
        if link
        else ""
    )
    return (
        f"The pages are at {pages}.{first}\nAirflow is at http://127.0.0.1:{ports.airflow}, for"
        " users of this machine alone; it asks for no log-in: whoever is on this machine"
        f" administers it.\nFiles put into {settings.landing_url}/SENDER/ are received within five"
        " minutes, or at once when a stage is triggered; linking follows by itself.\nCtrl-C stops"
        " all of it."
    )
