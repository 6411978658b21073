"""The environment that Airflow runs in here: made in this one place, for the demo, for the served
one, and for a worker of another host.
"""

import os
import shlex
from collections.abc import Mapping
from urllib.parse import urlsplit

from lots import private
from lots.encrypted import expect_encrypted, is_loopback
from lots.errors import CallError
from lots.local import parts
from lots.postgres import cluster
from lots.settings import RESOURCES, Settings

PORT = 8080
CONNECTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
LOGINLESS = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"
# What our own parts hang on: another value would leave files unreceived, or write into the tables of
# another Airflow whose settings happen to stand in this shell.
OURS_ALONE = (
    CONNECTION,
    f"{CONNECTION}_ASYNC",
    "AIRFLOW__CORE__DAGS_FOLDER",
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST",
)
# Airflow reads each setting from any of these; the one without an ending goes before the others.
ENDINGS = ("", "_CMD", "_SECRET")


# Handed to Airflow's own process: nothing of ours reads these.
def environment(settings: Settings, port: int = PORT, executor: str = "local") -> dict[str, str]:
    """Airflow's settings: all its files under our home, its tables in our database, its pages on
    the loopback only.
    """
    url, address = metadata_url(settings), parts.address(settings, port)
    served = {
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": (
            "False"
        ),  # a paused run waits for ever and says nothing
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        # No log-in, so the pages must never leave the loopback: neither by the host above, nor by a
        # proxy that hands on what workers of other hosts ask.
        LOGINLESS: str(is_loopback(urlsplit(address).hostname or "")),
    }
    return served | _of_any_part(settings, address, executor) | _tables(url)


def of_worker(settings: Settings, executor: str) -> dict[str, str]:
    """The same for a worker: it knows where Airflow is asked, and its tables only where its
    executor needs them. Raises CallError.
    """
    if not settings.airflow_address:
        raise CallError(
            "LOTS_AIRFLOW_URL: address of Airflow on the host that serves: expected one, got none."
        )
    tables = _tables(metadata_url(settings)) if executor == "celery" else {}
    return _of_any_part(settings, parts.address(settings, PORT), executor) | tables


def with_ours(environ: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """An environment with our settings of Airflow wherever a site has none of its own. Raises CallError
    where it has one that only we may set, or one that opens Airflow to whoever comes.
    """
    _refuse_foreign(environ, ours)
    added = {
        name: value
        for name, value in ours.items()
        if not (name.startswith("AIRFLOW__") and any(environ.get(name + e) for e in ENDINGS))
    }
    made = {**environ, **added}
    if _open_to_all(made, ours):
        raise CallError(
            f"{LOGINLESS}: expected False where Airflow is reached from other hosts, got another;"
            " whoever reaches it would administer it."
        )
    return made


def _refuse_foreign(environ: Mapping[str, str], ours: Mapping[str, str]) -> None:
    for name in OURS_ALONE:
        got = next((environ[name + e] for e in ENDINGS if environ.get(name + e)), None)
        if got is not None and got != ours.get(name):
            raise CallError(
                f"{name}: expected it not set, as LOTS_AIRFLOW_DATABASE_URL says where Airflow's tables"
                " are and its DAGs come with plasma-lots, got one."
            )


def _open_to_all(made: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Whether an Airflow that asks for no log-in would be reached from elsewhere."""
    host = made.get("AIRFLOW__API__HOST", "127.0.0.1")
    reached = not is_loopback(host) or ours.get(LOGINLESS) == "False"
    return reached and made.get(LOGINLESS, "False").lower() in ("true", "t", "1")


def _of_any_part(settings: Settings, address: str, executor: str) -> dict[str, str]:
    """What scheduler, pages and workers have in common."""
    home = private.folder(settings.home / "airflow")
    home.chmod(private.FOLDER)  # Airflow writes its secrets into airflow.cfg
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(RESOURCES / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__EXECUTOR": parts.EXECUTORS[executor],
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": (
            "0o600"
        ),  # it sets them whatever the umask
        "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        # A killed worker's file is another's after this and a look every 10 s: with a task's own start
        # within 90 s. By default it waits for five minutes.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "false",
        "LOTS_HOME": str(settings.home),
        # DAG files import `dags.stages`, and Airflow runs them from wherever.
        "PYTHONPATH": os.pathsep.join(filter(None, (str(RESOURCES), os.environ.get("PYTHONPATH")))),
        **_shared(settings, address, executor),
    }


def _shared(settings: Settings, address: str, executor: str) -> dict[str, str]:
    """What an executor with workers of their own needs besides: a secret that all of them know."""
    if executor == "local":
        return {}
    secret = parts.secret_file(settings)
    edge = {
        "AIRFLOW__EDGE__API_ENABLED": "True",
        "AIRFLOW__EDGE__API_URL": f"{address}/edge_worker/v1/rpcapi",
        "AIRFLOW__EDGE__HEARTBEAT_INTERVAL": "10",
        "AIRFLOW__EDGE__JOB_POLL_INTERVAL": "2",
    }
    # Read by Airflow from the file: it stands in no environment and in no list of processes.
    told = {
        "AIRFLOW__API_AUTH__JWT_SECRET_CMD": f"cat {shlex.quote(str(secret))}",
        # How far clocks may differ, and how long a busy server may take to look at what is asked of it:
        # after 10 s, the default, it calls a worker's word expired, and the worker ends.
        "AIRFLOW__API_AUTH__JWT_LEEWAY": "60",
    }
    return told | (edge if executor == "edge" else {})


def _tables(url: str) -> dict[str, str]:
    return {
        CONNECTION: url,
        # Left out, Airflow takes asyncpg, which is not installed.
        f"{CONNECTION}_ASYNC": url.replace("+psycopg:", "+psycopg_async:", 1),
        # Where Celery's workers say how a task ended; unless a site has one of its own.
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{url}",
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
    expect_encrypted("LOTS_AIRFLOW_DATABASE_URL", settings.airflow_url, os.environ)
    # The driver is named: by default Airflow would look for psycopg2.
    return f"postgresql+psycopg://{rest}"
