"""A PostgreSQL for the benchmarks: the embedded one, with a fresh migrated database for each run."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from lots.settings import Settings
from lots.store import cluster, migrate
from lots.store.engine import close

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
    name = f"bench_{next(NUMBERS)}"
    cluster.create_database(made, name)
    home = folder / name
    settings = Settings(home, cluster.url(made, "", name), str(home / "raw"), str(home / "landing"), home / "profiles")
    migrate.upgrade(settings)
    try:
        yield settings
    finally:
        close(settings)
        cluster.psql(made, 'DROP DATABASE :"name" WITH (FORCE)', name=name)
