"""Airflow is started in processes of its own: it changes the one that imports it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from lots.pipeline.environment import environment
from lots.settings import ROOT, Settings
from lots.store import cluster as embedded
from lots.store.cluster import Cluster

Started = Callable[..., Any]


@pytest.fixture
def airflow_settings(cluster: Cluster, lots_settings: Settings, database: str) -> Iterator[Settings]:
    """A fresh migrated database, and a database for Airflow beside it."""
    name = f"airflow_{database}"
    embedded.create_database(cluster, name)
    yield replace(lots_settings, airflow_url=embedded.url(cluster, "lots_owner", name))
    embedded.psql(cluster, 'DROP DATABASE :"name" WITH (FORCE)', name=name)


@pytest.fixture
def environ(airflow_settings: Settings) -> dict[str, str]:
    """The environment of a process that runs DAGs on these settings; of Airflow's logs only what is worst."""
    return {
        **os.environ,
        **environment(airflow_settings),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "LOTS_DATABASE_URL": airflow_settings.database_url or "",
        "LOTS_LANDING_URL": airflow_settings.landing_url,
        "LOTS_PROFILES": str(airflow_settings.profiles),
    }


def answer(module: str, *arguments: str, environ: dict[str, str]) -> Any:
    """What a module of this folder prints as JSON, run by itself."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.dags.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
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


@pytest.fixture
def runs(environ: dict[str, str]) -> Started:
    """Run DAGs one after the other in one process of their own: runs("intake=FOLDER", "linking=")."""
    return lambda *asked: answer("runs", *asked, environ=environ)
