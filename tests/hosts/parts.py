"""The parts of a site on this machine, each a process as an administrator would start it: a store of
objects, PostgreSQL on TCP, hosts that serve, and workers with homes of their own.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import psycopg

from lots.local.serve import part
from lots.settings import ROOT

HOLDS = (
    "SELECT client_port FROM pg_stat_activity JOIN pg_locks USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND application_name = 'plasma-lots'"
    " AND (classid::bigint << 32) | objid::bigint = %s AND client_port > 0"
)


@contextmanager
def running(name: str, command: list[str], environ: Mapping[str, str], logs: Path) -> Iterator[int]:
    """A part, until the end of the block; its process. Then it is killed: nobody looks at it any more."""
    logs.mkdir(parents=True, exist_ok=True)
    with part(name, command, {**environ, "PYTHONPATH": str(ROOT)}, logs) as process:
        try:
            yield process.pid
        finally:
            kill(process.pid)


def module(name: str, *arguments: object) -> list[str]:
    """A module of Python, as it is run."""
    return [sys.executable, "-W", "ignore", "-m", name, *map(str, arguments)]


def lots(*arguments: object) -> list[str]:
    """A verb, as it is typed."""
    return module("lots.command.cli", *arguments)


def await_answer(address: str, seconds: float) -> None:
    """Until somebody answers there."""
    await_that(address, lambda: _answers(address), seconds)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def ask(address: str, method: str = "GET", body: object = None) -> dict[str, Any]:
    """What Airflow answers to a request of its administrator's."""
    sent = None if body is None else json.dumps(body).encode()
    asked = Request(address, sent, {"content-type": "application/json"}, method=method)
    with urlopen(asked, timeout=30) as got:
        answer: dict[str, Any] = json.load(got)
    return answer


def await_that(what: str, so: Callable[[], object], seconds: float) -> float:
    """Until it is so; how many seconds it took."""
    begun = time.monotonic()
    while not so():
        took = time.monotonic() - begun
        assert took < seconds, f"{what}: not so after {seconds:.0f} s"
        time.sleep(0.3)
    return time.monotonic() - begun


def holder(address: str, file: Path, workers: list[int]) -> int | None:
    """The worker that holds a file's lock, if any does."""
    number = int.from_bytes(sha256(file.read_bytes()).digest()[:8], "big", signed=True)
    with psycopg.connect(address) as connection:
        ports = {row[0] for row in connection.execute(HOLDS, [number])}
    return next((one for one in workers if any(ports & _ports(p) for p in family(one))), None)


def family(pid: int) -> list[psutil.Process]:
    """A process with all that it started."""
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _ports(process: psutil.Process) -> set[int]:
    try:
        return {c.laddr.port for c in process.net_connections("tcp") if c.laddr}
    except psutil.Error:
        return set()


def kill(pid: int) -> None:
    """End a host at once, as a cut of its power does."""
    for one in family(pid):
        one.kill()
