"""Bring a database to the newest revision under sql/migrations."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext

from lots.settings import Settings
from lots.store.engine import ensure_roles, owner_engine, user_engine
from lots.store.schema import revision
from lots.store.schema.revision import MIGRATIONS

MIGRATE_LOCK = 7_145_004


def config() -> Config:
    """Alembic's configuration, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(settings: Settings | None = None) -> None:
    """Make the roles where they are missing, then apply every revision that has not been applied.

    Raises OtherRevision for a database that a newer version of the library has migrated.
    """
    user = user_engine(settings)
    if user.url.username:
        ensure_roles(user)
    with owner_engine(settings).begin() as connection:
        # One at a time, the first one too.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATE_LOCK)))
        for there in MigrationContext.configure(connection).get_current_heads():
            revision.refuse_unknown(there)
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
        # Alembic's own table is made by no revision; whoever reads or writes looks into it first.
        connection.exec_driver_sql(revision.GRANTED)


def body(name: str) -> str:
    """The SQL of a revision: a file beside it, readable by itself."""
    return (MIGRATIONS / "versions" / f"{name}.sql").read_text(encoding="utf-8")
