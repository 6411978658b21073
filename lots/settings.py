"""What a site may set, read once from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. Paths are absolute; URLs carry no secret (passwords come from a passfile).

    home: the folder of all that this installation writes. database_url: a PostgreSQL 16 or newer,
    or None for the embedded one under home. raw_url, landing_url: a folder or an object store.
    profiles: the senders' profiles. airflow_url: a database for what Airflow keeps of itself, or
    None for the embedded one.
    """

    home: Path
    database_url: str | None
    raw_url: str
    landing_url: str
    profiles: Path
    airflow_url: str | None = None

    @property
    def reports(self) -> Path:
        """The folder of the receipts' report pages."""
        return self.home / "reports"


def from_environment(environ: dict[str, str]) -> Settings:
    """Read LOTS_HOME, LOTS_DATABASE_URL, LOTS_RAW_URL, LOTS_LANDING_URL, LOTS_PROFILES,
    LOTS_AIRFLOW_DATABASE_URL.
    """
    home = Path(environ.get("LOTS_HOME") or ROOT / "var").absolute()
    return Settings(
        home=home,
        database_url=environ.get("LOTS_DATABASE_URL") or None,
        raw_url=environ.get("LOTS_RAW_URL") or str(home / "raw"),
        landing_url=environ.get("LOTS_LANDING_URL") or str(home / "landing"),
        profiles=Path(environ.get("LOTS_PROFILES") or home / "profiles").absolute(),
        airflow_url=environ.get("LOTS_AIRFLOW_DATABASE_URL") or None,
    )


@cache
def settings() -> Settings:
    """The settings of this process."""
    return from_environment(dict(os.environ))
