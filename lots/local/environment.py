"""The environment that Airflow runs in here: made in this one place, for the demo and for the
served one.
"""

import os

from lots import private
from lots.errors import CallError
from lots.postgres import cluster
from lots.settings import RESOURCES, Settings

PORT = 8080


# Handed to Airflow's own process: nothing of ours reads these.
def environment(settings: Settings, port: int = PORT) -> dict[str, str]:
    """Airflow's settings: all its files under our home, its tables in our database, its pages on
    the loopback only.
    """
    url = metadata_url(settings)
    home = private.folder(settings.home / "airflow")
    home.chmod(private.FOLDER)  # Airflow writes its secrets into airflow.cfg
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": (
            "False"
        ),  # a paused run waits for ever and says nothing
        "AIRFLOW__CORE__DAGS_FOLDER": str(RESOURCES / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        # No log-in, so the pages must never leave the loopback (the hosts above).
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url,
        # Left out, Airflow takes asyncpg, which is not installed.
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": url.replace("+psycopg:", "+psycopg_async:", 1),
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": (
            "0o600"
        ),  # it sets them whatever the umask
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "false",
        "LOTS_HOME": str(settings.home),
        # DAG files import `dags.stages`, and Airflow runs them from wherever.
        "PYTHONPATH": os.pathsep.join(filter(None, (str(RESOURCES), os.environ.get("PYTHONPATH")))),
    }


def metadata_url(settings: Settings) -> str:
    """Where Airflow keeps what it knows of itself: a database of the site's, else `airflow` in the
    embedded server. Raises CallError.
    """
    if not settings.airflow_url:
        # Whoever runs a PostgreSQL of their own wants no second one, with data, on this host.
        if settings.database_url:
            raise CallError(
                "LOTS_AIRFLOW_DATABASE_URL: database of Airflow's own tables: expected one, as"
                " LOTS_DATABASE_URL is set, got none; no PostgreSQL is started for it here."
            )
        return cluster.url(cluster.up(settings.home), "lots_owner", "airflow")
    scheme, separator, rest = settings.airflow_url.partition("://")
    if not separator or scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise CallError(
            "LOTS_AIRFLOW_DATABASE_URL: address: expected postgresql://user@host/database, got"
            " another."
        )
    # The driver is named: by default Airflow would look for psycopg2.
    return f"postgresql+psycopg://{rest}"
