"""Scans over HTTP: what one costs beside a bare endpoint that reads one row and inserts one; and an open
loop of them while a lot is stopped and a large file is received.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import psutil

from benchmarks import ground, loop, packs
from benchmarks.files import write_results
from benchmarks.packs import OF_LOT, SITES, text
from benchmarks.timing import in_turn, median, ratio
from lots.local.serve import commands, part
from lots.pipeline import first_start
from lots.postgres.cluster import Cluster
from lots.settings import RESOURCES, Settings, as_environment
from lots.store.access import accounts, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking

TIMES = 1_000  # requests of each way in a round
SITE = "H1"
LARGE = 1_000_000  # rows of the file that is received meanwhile
PATIENCE_S = 300  # after millions of rows were written, a busy machine reads the code itself anew
Headers = dict[str, str]


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print what a request takes among `rows` packs, and how the service bears up beside others."""
    print(f"Scans over HTTP among {rows:,} packs and {packs.STOPS:,} stops:", flush=True)
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        begun = time.monotonic()
        packs.fill(settings, rows)
        # Of millions it takes minutes, as the file at the end does: who waits sees that it goes on.
        print(f"  put in after {time.monotonic() - begun:.0f} s", flush=True)
        first_start.tell(settings, "synthetic", by="bench", now=datetime.now(UTC))
        headers = _signed_in(settings)
        with serving(settings, "lots.service.app") as (port, service):
            with serving(settings, "benchmarks.bare") as (bare_port, bare):
                of_servers = partial(cpu_of, made, (service, bare))
                _beside(
                    {
                        "bare": partial(_asked, bare_port, "/bare", {}, partial(_bare, rows)),
                        "scan": partial(_asked, port, "/api/scans", headers, partial(scan, rows)),
                    },
                    rounds,
                    of_servers,
                )
            print(f"  a file of {min(rows, LARGE):,} rows is received meanwhile …", flush=True)
            path = write_results(folder / "test_result-1.csv", min(rows, LARGE))
            loop.run(settings, path, (port, headers), partial(scan, rows))


def _beside(
    ways: dict[str, Callable[[], None]], rounds: int, of_servers: Callable[[], float]
) -> None:
    for way in ways.values():
        way()
    # What the client takes is alike, and no part of what is compared.
    found = in_turn(ways, rounds, lambda: of_servers() - time.process_time())
    took = {name: median(of_it) for name, of_it in found.items()}
    for name, one in took.items():
        wall, cpu = (each / TIMES * 1e6 for each in (one.wall, one.cpu))
        print(f"  {name:<8} {wall:7.0f} us, {cpu:7.0f} us of the servers' CPU", flush=True)
    cost = took["scan"].cpu / took["bare"].cpu
    ratio("scan / bare over HTTP, CPU", cost, "at most 3", held=cost <= 3)


def scan(of: int, n: int) -> dict[str, str]:
    """The nth scan: of a pack that was sent to the one site, each tenth of the first lot."""
    among = OF_LOT if n % 10 == 0 else of
    one = packs.some(n, among // SITES - 1) * SITES + 1
    return {"raw": text(one), "purpose": "dispense"}


def _bare(of: int, n: int) -> dict[str, str]:
    return {"serial": f"S{packs.some(n, of)}"}


def _asked(port: int, address: str, headers: Headers, body: Callable[[int], object]) -> None:
    """Ask one after the other, on a connection that stays."""
    connection = HTTPConnection("127.0.0.1", port)
    for n in range(TIMES):
        loop.answered(connection, address, headers, body(n))
    connection.close()


@contextmanager
def serving(settings: Settings, app: str) -> Iterator[tuple[int, int]]:
    """An application as the service is served: its port, and the process that its workers are of."""
    port = ground.free_port()
    command = [word.replace("lots.service.app", app) for word in commands(port)["service"]]
    environ = {**os.environ, **as_environment(settings), "PYTHONPATH": str(RESOURCES)}
    settings.home.mkdir(exist_ok=True)
    with part(app, command, environ, settings.home) as process:
        begun = time.monotonic()
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", port)
                connection.request("GET", "/health")
                connection.getresponse().read()
                break
            except OSError:
                assert process.poll() is None, f"{app} has ended; see {settings.home}"
                assert time.monotonic() - begun < PATIENCE_S, f"{app} does not answer"
                time.sleep(0.2)
        yield port, process.pid


def cpu_of(made: Cluster, services: tuple[int, ...]) -> float:
    """Processor seconds of the database and of services so far."""
    every = [p for pid in services for p in _family(pid)]
    return ground.cpu_seconds(made) + sum(sum(p.cpu_times()[:2]) for p in every)


def _family(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]


def _signed_in(settings: Settings) -> Headers:
    """The header of a pharmacist's key."""
    now = datetime.now(UTC)
    with asking(settings) as connection:
        made = accounts.make(
            connection, NewAccount("bench", "A benchmark", "pharmacist", SITE), None, now
        )
        assert made
        _, key = tokens.make_key(connection, made.account, "bench", made.account, now)
    return {"authorization": f"Bearer {key}"}
