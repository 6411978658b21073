"""What the parts of several hosts agree on: who runs tasks, where Airflow is asked, and a secret."""

import os
import secrets
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from lots import private
from lots.encrypted import is_loopback
from lots.errors import CallError
from lots.settings import Settings

EXECUTORS = {
    "local": "LocalExecutor",
    "celery": "airflow.providers.celery.executors.celery_executor.CeleryExecutor",
    "edge": "airflow.providers.edge3.executors.EdgeExecutor",
}
PROVIDERS = {
    "celery": "apache-airflow-providers-celery",
    "edge": "apache-airflow-providers-edge3",
}
BROKER = "AIRFLOW__CELERY__BROKER_URL"
BYTES = 48


def chosen(asked: str | None, environ: Mapping[str, str]) -> str:
    """The executor that is asked for, or that a site's own setting names, else the local one. Raises
    CallError where the two differ, and where what it needs is not there.
    """
    set_so = environ.get("AIRFLOW__CORE__EXECUTOR", "")
    named = {known: name for name, full in EXECUTORS.items() for known in (full, _short(full))}
    executor = asked or named.get(set_so, "local")
    if set_so and named.get(set_so) != executor:
        raise CallError(
            f"AIRFLOW__CORE__EXECUTOR: expected that of --executor {executor}, or none, got"
            f" {set_so}."
        )
    _expect(executor, environ)
    return executor


def _short(full: str) -> str:
    return full.rpartition(".")[2]


def _expect(executor: str, environ: Mapping[str, str]) -> None:
    provider = PROVIDERS.get(executor)
    if provider and not _installed(provider):
        raise CallError(
            f"--executor {executor}: provider: expected it to be installed (pip install"
            " 'plasma-lots[distributed]'), got none."
        )
    if executor == "celery" and not any(environ.get(BROKER + e) for e in ("", "_CMD", "_SECRET")):
        raise CallError(f"{BROKER}: address of Celery's broker: expected one, got none.")


def _installed(distribution: str) -> bool:
    # Not by its module: to look for that imports Airflow, which has every library's log lines printed.
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def address(settings: Settings, port: int) -> str:
    """Where Airflow is asked by whoever runs its tasks, without a last stroke. Raises CallError where
    what is sent to it could be read on its way.
    """
    told = settings.airflow_address or f"http://127.0.0.1:{port}"
    try:
        parted = urlsplit(told)
        host = parted.hostname or ""
    except ValueError:
        host = ""
    if not host or parted.scheme not in ("http", "https"):
        raise CallError("LOTS_AIRFLOW_URL: address: expected https://host, got another.")
    if parted.scheme != "https" and not is_loopback(host):
        raise CallError(
            "LOTS_AIRFLOW_URL: address: expected https://, as it leads beyond this machine, got"
            " http://."
        )
    return told.rstrip("/")


def expect_shared(settings: Settings) -> None:
    """Raise CallError where files would be received from, or into, what is this host's alone, and workers
    of other hosts look elsewhere.
    """
    own = {
        "LOTS_DATABASE_URL": (not settings.database_url, "database"),
        "LOTS_LANDING_URL": (
            settings.landing_url == str(settings.home / "landing"),
            "place of waiting files",
        ),
        "LOTS_LEDGER_URL": (not settings.ledger_url, "place of the ledger's copies"),
    }
    for name, (alone, what) in own.items():
        if alone:
            raise CallError(
                f"{name}: {what}: expected the one that all hosts use, got none; what is this host's own no"
                " other reads."
            )


def secret_file(settings: Settings) -> Path:
    """The file of the secret that workers show."""
    return settings.airflow_secret or settings.home / "airflow.secret"


def make_secret(settings: Settings) -> None:
    """Have a secret, for its owner alone; one that is there stays. Raises CallError."""
    path = secret_file(settings)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE)
    except FileExistsError:
        expect_secret(settings)
        return
    with open(made, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(BYTES))


def expect_secret(settings: Settings) -> None:
    """Raise CallError unless the secret is there, long enough, and its owner's alone."""
    path = secret_file(settings)
    try:
        open_to_others = path.stat().st_mode & 0o077
        size = len(path.read_bytes().strip())
    except OSError as error:
        raise CallError(
            f"{path}: secret of Airflow's workers: expected the file that `lots serve` made on the"
            f" host that serves, got: {error.strerror}."
        ) from None
    if open_to_others or size < BYTES:
        got = "one that others may read" if open_to_others else f"{size} bytes"
        raise CallError(
            f"{path}: secret of Airflow's workers: expected at least {BYTES} bytes, for their owner"
            f" alone, got {got}."
        )
