"""What a site may set, read once from the environment."""

import os
import pwd
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lots.errors import CallError

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent  # the checkout; if we are installed, where all packages are
# The wheel carries inside the package what stands beside it in a checkout: sql/ and dags/.
SHIPPED = PACKAGE / "shipped"
INSTALLED = SHIPPED.is_dir()
RESOURCES = SHIPPED if INSTALLED else ROOT


@dataclass(frozen=True, slots=True)
# Handed from the top: nothing below reads the environment by itself.
class Settings:
    """Where things are. Paths are absolute; URLs carry no secret (passwords come from a passfile).

    home: the folder of all that this installation writes. database_url: a PostgreSQL 16 or newer,
    or None for the embedded one under home. raw_url, landing_url: a folder or an object store;
    raw_url is empty where a database of a site's own is named and no place for its kept bytes.
    airflow_url: a database for what Airflow keeps of itself, or
    None for the embedded one. ledger_url: a folder or an object store for the ledger's copies
    outside the database; empty for one under home. airflow_address: where workers of other hosts
    reach Airflow, empty for this machine alone; airflow_secret: the file of what they show it, or
    None for one under home.
    """

    home: Path
    database_url: str | None
    raw_url: str
    landing_url: str
    airflow_url: str | None = None
    ledger_url: str = ""
    airflow_address: str = ""
    airflow_secret: Path | None = None

    @property
    def ledger(self) -> str:
        """Where the ledger's checkpoints and leaves are, outside the database."""
        return self.ledger_url or str(self.home / "ledger")

    @property
    def reports(self) -> Path:
        """The folder of the receipts' report pages."""
        return self.home / "reports"


def default_home(environ: dict[str, str]) -> Path:
    """Where all is written if nobody says so: `var/` in a checkout, else the user's own data, never
    beside installed code. Raises CallError.
    """
    if not INSTALLED:
        return ROOT / "var"
    data = Path(environ.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():  # its specification: then it is not to be heeded
        data = _user(environ) / ".local" / "share"
    return data / "plasma-lots"


def _user(environ: dict[str, str]) -> Path:
    named = Path(environ.get("HOME", ""))
    if named.is_absolute():
        return named
    try:
        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:
        raise CallError(
            "LOTS_HOME: folder of this installation: expected one to be named, as this user has no"
            " folder of its own, got none."
        ) from None


def from_environment(environ: dict[str, str]) -> Settings:
    """Read LOTS_HOME, LOTS_DATABASE_URL, LOTS_RAW_URL, LOTS_LANDING_URL,
    LOTS_AIRFLOW_DATABASE_URL, LOTS_LEDGER_URL, LOTS_AIRFLOW_URL, LOTS_AIRFLOW_SECRET_FILE.
    """
    home = Path(environ.get("LOTS_HOME") or default_home(environ)).absolute()
    database_url = environ.get("LOTS_DATABASE_URL") or None
    secret = environ.get("LOTS_AIRFLOW_SECRET_FILE")
    return Settings(
        home=home,
        database_url=database_url,
        # Beside a database that other hosts use too, our own disk is no place for what they read.
        raw_url=environ.get("LOTS_RAW_URL") or ("" if database_url else str(home / "raw")),
        landing_url=environ.get("LOTS_LANDING_URL") or str(home / "landing"),
        airflow_url=environ.get("LOTS_AIRFLOW_DATABASE_URL") or None,
        ledger_url=environ.get("LOTS_LEDGER_URL") or "",
        airflow_address=environ.get("LOTS_AIRFLOW_URL") or "",
        airflow_secret=Path(secret).absolute() if secret else None,
    )


def as_environment(settings: Settings) -> dict[str, str]:
    """What another process of ours reads as the same settings."""
    return {
        "LOTS_HOME": str(settings.home),
        "LOTS_DATABASE_URL": settings.database_url or "",
        "LOTS_RAW_URL": settings.raw_url,
        "LOTS_LANDING_URL": settings.landing_url,
        "LOTS_AIRFLOW_DATABASE_URL": settings.airflow_url or "",
        "LOTS_LEDGER_URL": settings.ledger_url,
        "LOTS_AIRFLOW_URL": settings.airflow_address,
        "LOTS_AIRFLOW_SECRET_FILE": str(settings.airflow_secret or ""),
    }


@cache
def settings() -> Settings:
    """The settings of this process."""
    return from_environment(dict(os.environ))
