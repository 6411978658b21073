"""Airflow is started in processes of its own: it changes the one that imports it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from lots.local.environment import environment
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import ROOT, Settings
from lots.store import address
from tests.conftest import clone, drop, site

Started = Callable[..., Any]


@pytest.fixture(scope="session")
def airflow_template(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with Airflow's tables: making them takes longer than a run."""
    name = "airflow_template"
    embedded.create_database(cluster, name)
    settings = replace(
        site(tmp_path_factory.mktemp(name), embedded.url(cluster, "", template)),
        airflow_url=embedded.url(cluster, "lots_owner", name),
    )
    assert answer("runs", environ=environ_of(settings)) == []
    return name


@pytest.fixture(scope="module")
def airflow_settings(
    cluster: Cluster, shared_settings: Settings, airflow_template: str
) -> Iterator[Settings]:
    """A fresh migrated database, and a database for Airflow beside it."""
    name = f"airflow_{address.site(shared_settings).database}"
    clone(cluster, name, airflow_template)
    yield replace(shared_settings, airflow_url=embedded.url(cluster, "lots_owner", name))
    drop(cluster, name)


@pytest.fixture(scope="module")
def environ(airflow_settings: Settings) -> dict[str, str]:
    """The environment of a process that runs DAGs on a test's settings."""
    return environ_of(airflow_settings)


def environ_of(settings: Settings) -> dict[str, str]:
    """The environment of a process that runs DAGs; of Airflow's logs only what is worst."""
    return {
        **os.environ,
        **environment(settings),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "LOTS_DATABASE_URL": settings.database_url or "",
        "LOTS_RAW_URL": settings.raw_url,
        "LOTS_LANDING_URL": settings.landing_url,
    }


def answer(module: str, *arguments: str, environ: dict[str, str]) -> Any:
    """What a module of this folder prints as JSON, run by itself."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.dags.{module}", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Airflow reads from the DAG folder."""
    home = tmp_path_factory.mktemp("airflow")
    environ = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    return answer("facts", str(ROOT / "dags"), environ=environ)


@pytest.fixture(scope="module")
def runs(environ: dict[str, str]) -> Started:
    """Run DAGs one after the other in one process of their own: runs("intake=FOLDER", "linking=")."""
    return lambda *asked: answer("runs", *asked, environ=environ)
