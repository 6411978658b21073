"""A PostgreSQL for the benchmarks: the embedded one, with a fresh migrated database for each
run.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import create_server

from lots.postgres import cluster
from lots.postgres import server as cluster_server
from lots.settings import Settings
from lots.store.engine import close
from lots.store.schema import migrate

NUMBERS = count(1)


@contextmanager
def server(folder: Path) -> Iterator[cluster.Cluster]:
    """The embedded server as it is always run, stopped at the end."""
    home = folder / "server"
    made = cluster.up(home)
    try:
        yield made
    finally:
        cluster.down(home)


@contextmanager
def database(made: cluster.Cluster, folder: Path) -> Iterator[Settings]:
    """Settings of a fresh migrated database, dropped at the end."""
    settings = lasting(made, folder, name := f"bench_{next(NUMBERS)}")
    try:
        yield settings
    finally:
        close(settings)
        # FORCE: a connection that idles in the pool would keep it.
        cluster.psql(made, 'DROP DATABASE :"name" WITH (FORCE)', name=name)


def lasting(made: cluster.Cluster, folder: Path, name: str) -> Settings:
    """Settings of a migrated database of this name, made where it is absent."""
    cluster.create_database(made, name)
    home = folder / name
    settings = Settings(
        home,
        cluster.url(made, "", name),
        str(home / "raw"),
        str(home / "landing"),
    )
    migrate.upgrade(settings)
    return settings


def cpu_seconds(made: cluster.Cluster) -> float:
    """Processor seconds of the server's processes so far: to the nanosecond of those that live,
    else to the tick.
    """
    server = cluster_server.postmaster(made)
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split()
    return _ended(str(server)) + sum(lives(child) for child in children)


def _ended(pid: str) -> float:
    """What a process's ended children took, as user and as system."""
    # Behind the last bracket: a process's name may hold blanks and brackets.
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return sum(int(n) for n in told.rpartition(")")[2].split()[13:15]) / os.sysconf("SC_CLK_TCK")


def lives(pid: str) -> float:
    """Processor seconds of a process so far, to the nanosecond; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="utf-8").split()[0]) / 1e9
    except FileNotFoundError:
        if Path(f"/proc/{pid}").exists():
            raise
        return 0.0  # it has ended meanwhile


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
