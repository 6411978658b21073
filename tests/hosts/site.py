"""A site of several hosts: what is running, and what its database tells."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree

import pytest
import s3fs

from lots import private
from lots.pipeline import signing_key
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.records import STAGES
from lots.settings import Settings, as_environment
from lots.store.engine import close, engine
from lots.store.lineage import linking
from lots.store.schema.migrate import upgrade
from tests.builders import rows
from tests.conftest import FASTER, free_port, own_folder, remove_clusters
from tests.hosts import parts

LINKING = "linking"
DAGS = (*STAGES, LINKING)
# A site's own settings: of the DAGs only those run that are asked for, so that a process for each task
# of the others takes no processor from what is looked at.
OF_SITE = {"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}


@dataclass(frozen=True)
class Site:
    """Where things are, and who is asked."""

    settings: Settings
    environ: dict[str, str]
    home: Path
    cluster: Cluster
    airflow: str

    @property
    def address(self) -> str:
        """The database, for a look as its superuser."""
        return embedded.url(self.cluster, "postgres", "lots2").replace("+psycopg", "")

    def of_host(self, home: Path) -> dict[str, str]:
        """The environment of a host with a home of its own, which has the key of all."""
        private.folder(home)
        copyfile(self.settings.home / signing_key.FILE, home / signing_key.FILE)
        return {**self.environ, "LOTS_HOME": str(home)}

    def accepted(self) -> set[str]:
        """The files that are accepted, each with its sender."""
        asked = "SELECT sender || '/' || file_name FROM receiving.receipt WHERE status = 'accepted'"
        return {str(name) for (name,) in rows(self.settings, asked)}

    def put(self, sent: Path) -> None:
        """What senders sent, at the landing place."""
        for sender in sent.iterdir():
            s3fs.S3FileSystem().put(str(sender), f"lots/landing/{sender.name}", recursive=True)

    def begin(self, *dags: str) -> None:
        """Have these run from now on: at once, and as they are scheduled."""
        for dag in dags:
            parts.ask(f"{self.airflow}/api/v2/dags/{dag}", "PATCH", {"is_paused": False})

    def away(self, seconds: float) -> None:
        """Stop the database, ours and Airflow's, for so long."""
        close(self.settings)
        embedded.down(self.home)
        time.sleep(seconds)
        embedded.up(self.home, tcp_port=self.cluster.port)

    def runs(self) -> Counter[str]:
        """How all runs stand."""
        asked = (f"{self.airflow}/api/v2/dags/{dag}/dagRuns" for dag in DAGS)
        return Counter(one["state"] for dag in asked for one in parts.ask(dag)["dag_runs"])

    def at_rest(self) -> bool:
        """Whether all is linked, and no run is to come or at work."""
        with engine("lots_pipeline", self.settings).begin() as connection:
            linked = not linking.unlinked(connection)
        return linked and not self.runs().keys() & {"queued", "running"}


@contextmanager
def serving(hosts: int, logs: Path) -> Iterator[Site]:
    """A store, a database, and hosts that serve, each with a scheduler, on the loopback."""
    home = own_folder("site")
    store, airflow = free_port(), free_port()
    cluster = _database(home)
    settings = Settings(
        home / "host-0",
        embedded.tcp_url(cluster, "", "lots2"),
        "s3://lots/raw",
        "s3://lots/landing",
        embedded.tcp_url(cluster, "lots_owner", "airflow2"),
        "s3://lots/ledger",
        f"http://127.0.0.1:{airflow}",
        home / "secret",
    )
    environ = {**os.environ, **as_environment(settings), **OF_SITE}
    environ |= {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{store}", "AWS_DEFAULT_REGION": "us-east-1"}
    environ |= dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "lots")
    site = Site(settings, environ, home / "database", cluster, f"http://127.0.0.1:{airflow}")
    try:
        upgrade(settings)
        with ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            for name, value in environ.items():
                if name.startswith("AWS_"):
                    patch.setenv(name, value)  # what links here writes its checkpoint there, too
            command = parts.module("moto.server", "-H", "127.0.0.1", "-p", store)
            stack.enter_context(parts.running("store", command, environ, logs))
            parts.await_answer(f"http://127.0.0.1:{store}/moto-api/", 60)
            s3fs.S3FileSystem().mkdir("lots")
            signing_key.private_key(settings)
            for port in (airflow, *(free_port() for _ in range(1, hosts))):
                # One after the other: of two first ones at once an Airflow may fail on its new tables.
                stack.enter_context(_host(site, port, logs))
                health = f"http://127.0.0.1:{port}/api/v2/monitor/health"
                parts.await_answer(health, 120)
            for dag in DAGS:
                parts.await_answer(f"{site.airflow}/api/v2/dags/{dag}", 60)
            yield site
    finally:
        close(settings)
        remove_clusters(home)
        rmtree(home, ignore_errors=True)


def _database(home: Path) -> Cluster:
    port = free_port()
    embedded.psql(embedded.up(home / "database", tcp_port=port), FASTER)
    embedded.down(home / "database")
    cluster = embedded.up(home / "database", tcp_port=port)
    for name in ("lots2", "airflow2"):
        embedded.psql(cluster, f"CREATE DATABASE {name} OWNER lots_owner")
    return cluster


def _host(site: Site, airflow: int, logs: Path) -> AbstractContextManager[int]:
    ports = ("--port", free_port(), "--airflow-port", airflow)
    command = parts.lots("serve", "--executor", "edge", "--synthetic", *ports)
    home = site.home.with_name(f"serving-{airflow}")
    return parts.running(home.name, command, site.of_host(home), logs)
