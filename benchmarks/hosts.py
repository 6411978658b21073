"""A small file from the moment that its stage is asked to look until its row is accepted, by who runs
the tasks: this host, Edge's workers, Celery's, one or two of them. An executor that is not installed is
told, and left out.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.request import Request, urlopen

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.files import write_results
from lots import private
from lots.errors import CallError
from lots.local import parts
from lots.local.serve import part
from lots.pipeline import signing_key
from lots.postgres import cluster
from lots.settings import Settings, as_environment
from lots.store.engine import engine

FILES, ROWS = 200, 100  # four tasks, each of a handful
PATIENCE_S = 180
# With no more than the extra `distributed` brings: a table of Airflow's database hands on what is asked.
BROKER = {parts.BROKER: "sqla+{}"}
STAGE = "donor_screening"
ACCEPTED = "SELECT count(*) FROM receiving.receipt WHERE status = 'accepted'"


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the seconds of a file, each round by itself; `rows` does not matter here."""
    print(f"{FILES} files of {ROWS} test results, received by tasks of Airflow:", flush=True)
    there = [executor for executor in parts.EXECUTORS if _there(executor)]
    for n, executor, workers in product(range(rounds), there, (1, 2)):
        place = folder / f"{executor}-{workers}-{n}"
        place.mkdir()
        _measured(place, executor, workers)


def _there(executor: str) -> bool:
    try:
        parts.chosen(executor, {parts.BROKER: "a table"})
    except CallError as error:
        print(f"  {executor}: left out: {error}", flush=True)
        return False
    return True


def _measured(folder: Path, executor: str, workers: int) -> None:
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        site, environ = _site(made, settings, folder)
        environ |= {"AIRFLOW__CORE__PARALLELISM": str(workers)} if executor == "local" else {}
        with _started(site, environ, executor, 0 if executor == "local" else workers) as look:
            for n in range(FILES):
                path = folder / "landing" / "LAB-01" / f"test_result-{n}.csv"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_results(path, ROWS, salt=n)
            begun, at = time.monotonic(), list[float]()
            look()
            while len(at) < FILES and time.monotonic() - begun < PATIENCE_S:
                at += [time.monotonic() - begun] * (_accepted(settings) - len(at))
                time.sleep(0.1)
        told = (
            f"{len(at)} of {FILES} files"
            if len(at) < FILES
            else (f"the first after {at[0]:.1f} s, all after {at[-1]:.1f} s")
        )
        load = os.getloadavg()[0]
        print(f"  {executor}, {workers} at a time: {told} (load {load:.1f})", flush=True)


def _site(
    made: cluster.Cluster, settings: Settings, folder: Path
) -> tuple[Settings, dict[str, str]]:
    """The same database, with Airflow's tables beside it and an address for workers."""
    name = f"airflow_of_{settings.home.name}"
    cluster.create_database(made, name)
    url, port = cluster.url(made, "lots_owner", name), ground.free_port()
    site = Settings(
        settings.home,
        settings.database_url,
        str(folder / "raw"),
        str(folder / "landing"),
        url,
        str(folder / "ledger"),
        f"http://127.0.0.1:{port}",
        folder / "secret",
    )
    broker = {name: value.format(url) for name, value in BROKER.items()}
    # Of the DAGs only the one that is timed: a task of another is a process beside it.
    alone = {"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}
    return site, {**os.environ, **as_environment(site), **broker, **alone}


@contextmanager
def _started(
    site: Settings, environ: dict[str, str], executor: str, workers: int
) -> Iterator[Callable[[], object]]:
    """Airflow and its workers until the end of the block; what has the stage look."""
    airflow = site.airflow_address
    dag = f"{airflow}/api/v2/dags/{STAGE}"
    ports = ("--port", str(ground.free_port()), "--airflow-port", airflow.rpartition(":")[2])
    logs = site.home / "logs"
    logs.mkdir(parents=True)
    with ExitStack() as stack:

        def start(name: str, *arguments: str, **more: str) -> None:
            command = [sys.executable, "-W", "ignore", "-m", "lots.command.cli", *arguments]
            stack.enter_context(part(name, command, {**environ, **more}, logs))

        start("serve", "serve", "--synthetic", "--executor", executor, *ports)
        _until_known(dag)
        for n in range(workers):
            home = str(_home(site, n))
            named = ("--name", f"worker-{n}", "--slots", "1")
            start(f"worker-{n}", "worker", "--executor", executor, *named, LOTS_HOME=home)
        # Until the workers are there: their own start is no part of a file's time.
        time.sleep(20 if workers else 0)
        yield lambda: _ask(dag, {"is_paused": False})


def _home(site: Settings, n: int) -> Path:
    """A worker's own, with the key of the host that serves."""
    home = private.folder(site.home / f"worker-{n}")
    if signing_key.made(site):
        copyfile(site.home / signing_key.FILE, home / signing_key.FILE)
    return home


def _until_known(dag: str) -> None:
    begun = time.monotonic()
    while True:
        try:
            _ask(dag)
            return
        except OSError:
            if time.monotonic() - begun > PATIENCE_S:
                raise
            time.sleep(0.5)


def _ask(address: str, patch: Mapping[str, object] | None = None) -> Any:
    sent = json.dumps(patch).encode() if patch else None
    told = {"content-type": "application/json"}
    method = "PATCH" if patch else "GET"
    with urlopen(Request(address, sent, told, method=method), timeout=30) as answer:
        return json.load(answer)


def _accepted(settings: Settings) -> int:
    with engine(settings=settings).connect() as connection:
        return int(connection.execute(sa.text(ACCEPTED)).scalar_one())
