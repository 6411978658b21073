"""Databases for the tests: one throw-away cluster a session, one migrated template, one clone for
each test.
"""

import fcntl
import gc
import importlib
import importlib.util
import os
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import copyfile, copytree, disk_usage, rmtree
from tempfile import mkdtemp
from typing import LiteralString

import hypothesis
import psutil
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store import address
from lots.store import engine as connections
from tests.profiles import put_all
from tests.stranger import Stranger, borrowed

TEMPLATE = "lots_template"
# By part of the suite: unit, spec, …; of all workers together.
MILLISECONDS: Counter[str] = Counter()
# Names of databases that are free again: what was compiled for one serves the next of its name.
FREE = deque[str]()
NUMBERS = count(1)
MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30  # bytes: databases of two workers, and what each keeps of its log
# Nothing of these clusters is worth more than the test; their log must not fill the memory.
FASTER = """
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET full_page_writes = off;
ALTER SYSTEM SET synchronous_commit = off;
ALTER SYSTEM SET max_wal_size = '512MB';
-- Whenever a table or a database goes, all buffers are looked through.
ALTER SYSTEM SET shared_buffers = '64MB';
"""


def _roomy(memory: Path) -> bool:
    """Whether files and programs can stand in memory: what is kept is written through to its disk,
    which takes longer than most tests.
    """
    return (
        memory.is_dir()
        and disk_usage(memory).free > ENOUGH
        and not os.statvfs(memory).f_flag & os.ST_NOEXEC
    )


FOLDERS = MEMORY if _roomy(MEMORY) else Path("/tmp")


def pytest_configure() -> None:
    """Where pytest makes its temporary folders, unless it is told; and no drawn example is timed."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(FOLDERS))
    # A busy machine would fail what is right.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What was loaded and collected stays: garbage is sought in what comes after it."""
    gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up how long each part took; a worker's reports come to the one that prints."""
    MILLISECONDS[report.nodeid.split("/")[1]] += round(report.duration * 1000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each part of the suite took, so that nobody wonders where the minutes go."""
    parts = " · ".join(f"{part} {took / 1000:,.0f} s" for part, took in MILLISECONDS.most_common())
    terminalreporter.write_line(f"Seconds of all workers together: {parts}")


def remove_clusters(folder: Path) -> None:
    """Stop every cluster whose home is in a folder, and remove what they left outside it."""
    for lock in folder.rglob("pg.lock"):
        place = embedded.cluster_of(lock.parent)
        if place.data.exists():
            embedded.down(lock.parent)
        for left in (place.socket, place.base):
            rmtree(left, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def swept(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Take away what killed sessions left: servers that run, clusters elsewhere, folders of ours."""
    sessions = tmp_path_factory.getbasetemp().parent
    for folder in sessions.glob("pytest-[0-9]*"):
        if (folder / ".lock").is_file() and not alive((folder / ".lock").read_text()):
            remove_clusters(folder)
    with one_at_a_time():
        for folder in (*Path("/tmp").glob("lots-*-*-*"), *MEMORY.glob("lots-*-*-*")):
            if (
                folder.is_dir()
                and folder.stat().st_uid == os.geteuid()
                and not alive(folder.name.split("-")[2])
            ):
                remove_clusters(folder)
                rmtree(folder, ignore_errors=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other worker sweeps: what it takes away would vanish under who looks through it."""
    turn = os.open("/tmp", os.O_RDONLY)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)


def alive(pid: str) -> bool:
    """Whether a process of that number, or of none that can be read, may still run."""
    return not pid.strip().isdigit() or psutil.pid_exists(int(pid))


def own_folder(kind: str) -> Path:
    """A folder that every account may pass, told apart by the process that made it."""
    folder = Path(mkdtemp(prefix=f"lots-{kind}-{os.getpid()}-", dir=FOLDERS))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A folder for a cluster that every account may pass: as root, its data stay there."""
    folder = own_folder("open")
    yield folder
    remove_clusters(folder)
    rmtree(folder)


@pytest.fixture
def home(open_home: Path) -> Path:
    """The same, for whom it is all one where the data stay."""
    return open_home


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def site(home: Path, url: str | None) -> Settings:
    """Settings with everything under one folder."""
    return Settings(home, url, str(home / "raw"), str(home / "landing"))


@pytest.fixture(scope="session")
def stranger() -> Iterator[Stranger]:
    """Another user of the machine; skipped unless the tests run as root."""
    yield from borrowed()


@pytest.fixture
def port() -> int:
    """A free TCP port."""
    return free_port()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A throw-away embedded cluster that listens on its socket and on 127.0.0.1."""
    home = own_folder("cluster")
    port = free_port()
    embedded.psql(embedded.up(home, tcp_port=port), FASTER)
    embedded.down(home)
    yield embedded.up(home, tcp_port=port)
    remove_clusters(home)
    rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated database that the tests' databases are cloned from."""
    embedded.create_database(cluster, TEMPLATE)
    settings = site(tmp_path_factory.mktemp("template"), embedded.url(cluster, "", TEMPLATE))
    if importlib.util.find_spec("lots.store.schema.migrate"):
        importlib.import_module("lots.store.schema.migrate").upgrade(settings)
    connections.close(settings)
    return TEMPLATE


def administer(cluster: Cluster, statement: LiteralString, **named: str) -> None:
    """Run a statement as the superuser: names stand in braces. A process of psql for each would take
    longer than to copy a database.
    """
    place = make_conninfo(
        "", host=str(cluster.socket), port=cluster.port, user="postgres", dbname="postgres"
    )
    with psycopg.connect(place, autocommit=True) as connection:
        identifiers = {name: sql.Identifier(value) for name, value in named.items()}
        connection.execute(sql.SQL(statement).format(**identifiers))


def clone(cluster: Cluster, name: str, template: str) -> None:
    """A database as another is, to which nobody is connected."""
    made = "CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy OWNER lots_owner"
    administer(cluster, made, name=name, template=template)


def drop(cluster: Cluster, name: str) -> None:
    """Take a database away, whoever is connected to it."""
    administer(cluster, "DROP DATABASE {name} WITH (FORCE)", name=name)


@contextmanager
def clones(cluster: Cluster, template: str, home: Path) -> Iterator[Callable[[], Settings]]:
    """Makes settings of one more fresh migrated database, each with a home of its own; in the end
    takes all of them away.
    """
    made: list[tuple[str, Settings]] = []

    def make() -> Settings:
        name = FREE.pop() if FREE else f"test_{next(NUMBERS)}"
        clone(cluster, name, template)
        made.append((name, site(home / name, embedded.url(cluster, "", name))))
        return made[-1][1]

    yield make
    for name, settings in made:
        connections.close(settings)
        drop(cluster, name)
        FREE.append(name)


@pytest.fixture(scope="module")
def told_once(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Callable[[Settings, Path], object]], Callable[[], Settings]]]:
    """Tells a world once for the tests of a file: what it answers makes a copy for each."""
    home = tmp_path_factory.mktemp("told")
    with ExitStack() as stack:

        def tell(world: Callable[[Settings, Path], object]) -> Callable[[], Settings]:
            told = stack.enter_context(clones(cluster, template, home))()
            world(told, told.home)
            connections.close(told)
            name = address.site(told).database or ""
            copies = stack.enter_context(clones(cluster, name, home))

            def copy() -> Settings:
                made = copies()
                # Without them nobody could say that the copy is the newest there is, and it would
                # receive nothing more.
                for one in ("ledger", "ledger.key", "raw"):
                    if (source := told.home / one).exists():
                        (copytree if source.is_dir() else copyfile)(source, made.home / one)
                return made

            return copy

        yield tell


@pytest.fixture
def fresh(cluster: Cluster, template: str, tmp_path: Path) -> Iterator[Callable[[], Settings]]:
    """A maker of fresh databases for one test."""
    with clones(cluster, template, tmp_path) as make:
        yield make


@pytest.fixture(scope="module")
def shared_settings(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of a fresh database that all tests of a file ask, and none changes."""
    with clones(cluster, template, tmp_path_factory.mktemp("shared")) as make:
        yield make()


@pytest.fixture(scope="module")
def fresh_site(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Settings]]:
    """A maker of fresh databases for the tests of a file, each with the profiles of a folder."""
    with clones(cluster, template, tmp_path_factory.mktemp("sites")) as make:

        def with_profiles(folder: Path) -> Settings:
            made = make()
            put_all(made, folder)
            return made

        yield with_profiles


@pytest.fixture
def lots_settings(fresh: Callable[[], Settings]) -> Settings:
    """Settings of a fresh migrated database through the socket."""
    return fresh()


@pytest.fixture
def database(lots_settings: Settings) -> str:
    """The name of that database."""
    return address.site(lots_settings).database or ""


@pytest.fixture
def lots_settings_tcp(
    cluster: Cluster, lots_settings: Settings, database: str
) -> Iterator[Settings]:
    """Settings of the same database through 127.0.0.1 with a password from a passfile."""
    settings = replace(lots_settings, database_url=embedded.tcp_url(cluster, "", database))
    yield settings
    connections.close(settings)
