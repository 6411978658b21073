"""Bring a database to the newest revision under sql/migrations."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from lots.settings import RESOURCES, Settings
from lots.store.engine import ensure_roles, owner_engine, user_engine

MIGRATE_LOCK = 7_145_004
MIGRATIONS = RESOURCES / "sql" / "migrations"


def config() -> Config:
    """Alembic's configuration, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(settings: Settings | None = None) -> None:
    """Make the roles where they are missing, then apply every revision that has not been applied."""
    user = user_engine(settings)
    if user.url.username:
        ensure_roles(user)
    with owner_engine(settings).begin() as connection:
        # One at a time, the first one too.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATE_LOCK)))
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "head")


def current(settings: Settings | None = None) -> bool:
    """Whether the database is at the newest revision."""
    from alembic.migration import MigrationContext

    with owner_engine(settings).connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    return there == ScriptDirectory.from_config(config()).get_current_head()


def body(revision: str) -> str:
    """The SQL of a revision: a file beside it, readable by itself."""
    return (Path(MIGRATIONS) / "versions" / f"{revision}.sql").read_text(encoding="utf-8")
