"""The service with its pages, and Airflow's scheduler, until we are stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from urllib.request import urlopen

import psutil

from lots import private
from lots.errors import CallError, ClusterError
from lots.local.environment import LOGINLESS, environment, with_ours
from lots.local.parts import make_secret
from lots.local.revive import Reviver
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
EVERYWHERE = ("0.0.0.0", "::")
PATIENCE = 120
GRACE = 20

# Each answers any request: nothing of a session is in a process.
WORKERS = 2

Parts = dict[str, "subprocess.Popen[bytes]"]


@dataclass(frozen=True, slots=True)
class Ports:
    """Where our pages are, and Airflow's own; Airflow's on the loopback, unless a site says otherwise."""

    pages: int
    airflow: int
    host: str = "127.0.0.1"

    @property
    def reached(self) -> str:
        """Where this machine reaches the pages."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://[{host}]:{self.pages}" if ":" in host else f"http://{host}:{self.pages}"


def serve(settings: Settings, ports: Ports, link: str | None, executor: str = "local") -> int:
    """Run the service and Airflow until SIGINT, SIGTERM or SIGHUP, and leave no process behind.
    Returns the exit code. link: the token of the one that makes the first administrator.
    """
    # Asked before anything is started: Airflow would tell it a minute later, in a log.
    _refuse_taken(ports.host, ports.pages)
    _refuse_taken("127.0.0.1", ports.airflow)
    logs = settings.home / "airflow" / "logs"
    with turn(settings.home, "lots serve", _busy), told_to_end() as end, ExitStack() as running:
        if executor != "local":
            make_secret(settings)
        environ = with_ours(os.environ, environment(settings, ports.airflow, executor))
        private.folder(logs)
        print("Bringing Airflow's tables up to date …", flush=True)
        _migrate(environ, logs)
        print("Starting the scheduler and the pages …", flush=True)
        # Airflow's own `standalone` leaves its parts behind when it is told to end; an orphaned
        # scheduler would take our tasks.
        called = commands(ports.pages, ports.host)
        parts: Parts = {}

        def start(name: str) -> None:
            parts[name] = running.enter_context(part(name, called[name], environ, logs))

        for name in called:
            if not end.is_set():
                start(name)
        await_health(parts, ports, logs, end, start)
        if not end.is_set():
            print(_welcome(settings, ports, link, environ[LOGINLESS] == "True"), flush=True)
        keep_running(parts, Reviver(logs, start), end)
        print("\nStopping …", flush=True)
    return 0


def _refuse_taken(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
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
def told_to_end() -> Iterator[Event]:
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


def commands(port: int, host: str = "127.0.0.1") -> dict[str, list[str]]:
    """Each part with what it is run by; the service first, since it is there soonest."""
    airflow = {name: airflow_command(name, *options) for name, options in PARTS.items()}
    return {"service": _service(port, host), **airflow}


def _service(port: int, host: str) -> list[str]:
    options = {
        "host": host,
        "port": port,
        "workers": WORKERS,
        "log-level": "warning",
        "timeout-graceful-shutdown": 10,
    }
    said = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    # No log of accesses: an address may be one that somebody should not have typed.
    quiet = ["--no-access-log", "--no-server-header", "--factory"]
    return [sys.executable, "-m", "uvicorn", "lots.service.app:serving", *said, *quiet]


def airflow_command(*arguments: str) -> list[str]:
    """How a part of Airflow is run."""
    return [sys.executable, "-m", "airflow", *arguments]


def _migrate(environ: dict[str, str], logs: Path) -> None:
    log = logs / "migrate.log"
    with log.open("wb") as out:
        done = subprocess.run(
            airflow_command("db", "migrate"),
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


def await_health(
    parts: Parts, ports: Ports, logs: Path, end: Event, start: Callable[[str], None]
) -> None:
    """Wait until the pages and Airflow answer, or until we are told to end. Raises ClusterError."""
    again: set[str] = set()
    for _ in range(PATIENCE * 2):
        for name in [name for name, process in parts.items() if process.poll() is not None]:
            # Once: another host that starts beside us may be at Airflow's new tables, too.
            if name in again:
                raise ClusterError(
                    f"{name}: part: expected to run on, got exit code {parts[name].returncode};"
                    f" see {logs / name}.log."
                )
            again.add(name)
            _stop(parts[name])
            start(name)
        if (_served(ports.reached) and _healthy(ports.airflow)) or end.wait(0.5):
            return
    raise ClusterError(f"The service or Airflow was not healthy after {PATIENCE} s; see {logs}.")


def _served(pages: str) -> bool:
    return bool(_answer(f"{pages}/health"))


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


def keep_running(parts: Parts, reviver: Reviver, end: Event) -> None:
    """Until we are told to end, start again what ends by itself."""
    while not end.wait(1):
        for process in parts.values():
            if process.poll() is not None:
                _stop(process)  # what it left would hold its port, or take tasks
        reviver.look({name: process.poll() for name, process in parts.items()})


def _welcome(settings: Settings, ports: Ports, link: str | None, loginless: bool) -> str:
    pages = ports.reached
    first = (
        f"\nWhoever opens this link first, within 24 hours, becomes an administrator:"
        f"\n{pages}/welcome/{link}"
        if link
        else ""
    )
    asks = (
        "for users of this machine alone; it asks for no log-in: whoever is on this machine"
        " administers it"
        if loginless
        else "and asks for a log-in"
    )
    return (
        f"The pages are at {pages}.{first}\nAirflow is at http://127.0.0.1:{ports.airflow},"
        f" {asks}.\nFiles put into {settings.landing_url}/SENDER/ are received within five"
        " minutes, or at once when a stage is triggered; linking follows by itself.\nCtrl-C stops"
        " all of it."
    )
