"""Airflow as this installation runs it: its environment, and its scheduler and pages until interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil

from lots.errors import CallError, ClusterError
from lots.pipeline.turn import turn
from lots.settings import ROOT, Settings
from lots.store import cluster

PARTS = ("scheduler", "dag-processor", "api-server")
HEALTHY = ("metadatabase", "scheduler", "dag_processor")
PATIENCE = 120
GRACE = 20


def environment(settings: Settings, port: int = 8080) -> dict[str, str]:
    """Airflow's settings, in this one place: everything under our home, on our database, on the loopback only."""
    url = metadata_url(settings)
    return {
        "AIRFLOW_HOME": str(settings.home / "airflow"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": url.replace("+psycopg:", "+psycopg_async:", 1),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "false",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        "LOTS_HOME": str(settings.home),
    }


def metadata_url(settings: Settings) -> str:
    """Where Airflow keeps what it knows of itself: a database of the site's, else `airflow` in the embedded server."""
    if settings.airflow_url:
        scheme, separator, rest = settings.airflow_url.partition("://")
        if separator and scheme in ("postgresql", "postgres", "postgresql+psycopg"):
            return f"postgresql+psycopg://{rest}"
        raise CallError(f"LOTS_AIRFLOW_DATABASE_URL: kind of database: expected postgresql, got {scheme}.")
    return cluster.url(cluster.place(settings.home), "lots_owner", "airflow")


def serve(settings: Settings, port: int) -> int:
    """Run Airflow until SIGINT or SIGTERM, and leave no process behind. Returns the exit code."""
    _refuse_taken(port)
    environ = {**os.environ, **environment(settings, port)}
    logs = settings.home / "airflow" / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    (settings.home / "airflow").chmod(0o700)  # airflow.cfg, which Airflow writes, holds its secrets
    with turn(settings.home, "lots serve", _busy), _interrupted_by(signal.SIGTERM), ExitStack() as running:
        try:
            print("Bringing Airflow's tables up to date …", flush=True)
            _migrate(environ, logs)
            print("Starting the scheduler and the pages …", flush=True)
            parts = {part: running.enter_context(_part(part, environ, logs)) for part in PARTS}
            _await_health(parts, port, logs)
            print(_welcome(settings, port), flush=True)
            return _watch(parts, logs)
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)
            return 0


def _busy(holder: str) -> None:
    raise CallError(f"'{holder}' works on this installation; expected nobody else. Stop it, or wait until it is done.")


def _refuse_taken(port: int) -> None:
    taken = [c for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == "LISTEN"]
    if taken:
        raise CallError(f"Port {port} is in use; expected a free one (--port).")


@contextmanager
def _interrupted_by(number: signal.Signals) -> Iterator[None]:
    """Let a signal end the work as Ctrl-C does."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _migrate(environ: dict[str, str], logs: Path) -> None:
    with (logs / "migrate.log").open("wb") as out:
        done = subprocess.run(_command("db", "migrate"), env=environ, stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise ClusterError(f"Airflow's tables could not be brought up to date; see {logs / 'migrate.log'}.")


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "airflow", *arguments]


@contextmanager
def _part(name: str, environ: dict[str, str], logs: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A part of Airflow in a session of its own; at the end it is stopped with all that it started."""
    with (logs / f"{name}.log").open("ab") as out:
        process = subprocess.Popen(
            _command(name),
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the part to end, then end what is left of it."""
    family = _family(process.pid)
    if process.poll() is None:
        process.terminate()
        psutil.wait_procs(family, timeout=GRACE)
    for left in {*family, *_family(process.pid)}:
        if left.is_running():
            left.kill()
    process.wait()


def _family(pid: int) -> list[psutil.Process]:
    """The process, its descendants, and whatever else is of the session that it leads."""
    found = [p for p in psutil.process_iter() if _session(p.pid) == pid]
    try:
        found += psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        pass
    return list(dict.fromkeys(found))


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return 0


def _await_health(parts: dict[str, subprocess.Popen[bytes]], port: int, logs: Path) -> None:
    for _ in range(PATIENCE * 2):
        _refuse_ended(parts, logs)
        if _healthy(port):
            return
        time.sleep(0.5)
    raise ClusterError(f"Airflow was not healthy after {PATIENCE} s; see {logs}.")


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5) as answer:
            health = json.load(answer)
    except OSError:
        return False
    return all(health[part]["status"] == "healthy" for part in HEALTHY)


def _refuse_ended(parts: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    for name, process in parts.items():
        if process.poll() is not None:
            raise ClusterError(f"Airflow's {name} ended with exit code {process.returncode}; see {logs / name}.log.")


def _watch(parts: dict[str, subprocess.Popen[bytes]], logs: Path) -> int:
    while True:
        _refuse_ended(parts, logs)
        time.sleep(1)


def _welcome(settings: Settings, port: int) -> str:
    return (
        f"Airflow is at http://127.0.0.1:{port} and asks for no log-in: everyone on this machine is its administrator.\n"
        f"Files put into {settings.landing_url}/SENDER/ are received within five minutes, or at once when a stage "
        "is triggered; linking follows by itself.\nCtrl-C stops it."
    )
