"""Bring a database to the newest revision under sql/migrations, and what follows from its tables to
what is declared.
"""

import hashlib
import time

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext

from lots.errors import DatabaseRefused
from lots.settings import Settings
from lots.store.engine import ensure_roles, owner_engine, user_engine
from lots.store.intake.staging import run
from lots.store.queries import query
from lots.store.schema import derived, revision
from lots.store.schema.revision import MIGRATIONS
from lots.store.schema.tables import SCHEMAS

# Numbers of advisory locks are the whole database's: these begin with our own.
MIGRATE_LOCK = 7_145_004
# Shorter than the server's deadlock_timeout of a second: where a reader and an upgrade wait for
# each other, the upgrade gives way before the server picks one of them, and no reader waits for
# longer.
HALF_A_SECOND = "SET LOCAL lock_timeout = '500ms'"
TRIES = 20
PAUSE_S = 0.5
IN_USE = "55P03"
MISSING = (
    "PostgreSQL: tables: expected all that are declared, got others; draft the revision that makes"
    " them: python -m lots.store.schema.draft."
)
SENTENCES = {
    "2BP01": (
        "PostgreSQL: views and functions: expected that only ours use them, got others that do;"
        " take those away, and make them anew afterwards."
    ),
    "42P01": MISSING,
    "42703": MISSING,
}


def config() -> Config:
    """Alembic's configuration, without a file of its own."""
    made = Config()
    # Alembic reads percent signs as its own.
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(settings: Settings | None = None) -> None:
    """Make the roles where they are missing, apply every revision that has not been applied, and
    make anew what follows from the tables where it is not as declared.

    Raises OtherRevision for a database that another version of the library has migrated, and
    DatabaseRefused where others use the tables all the time or have built on them.
    """
    user = user_engine(settings)
    if user.url.username:
        ensure_roles(user)
    # Again and again, as each try gives way at once: readers are never made to wait.
    for _ in range(TRIES):
        if _upgraded(owner_engine(settings)):
            return
        time.sleep(PAUSE_S)
    raise DatabaseRefused(
        "PostgreSQL: tables: expected them free for half a second, got others who use them all the"
        " time; nothing was changed; try again later: lots up."
    )


def _upgraded(owner: sa.Engine) -> bool:
    """Whether all stands now; nothing was changed where somebody else uses the tables."""
    try:
        with owner.begin() as connection:
            # One at a time, the first one too.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATE_LOCK)))
            _upgrade(connection)
        return True
    except sa.exc.DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in SENTENCES:
            raise DatabaseRefused(SENTENCES[state]) from None
        if state != IN_USE:
            raise
        return False


def _upgrade(connection: sa.Connection) -> None:
    there = MigrationContext.configure(connection).get_current_revision()
    if there:
        revision.refuse_unknown(there)
    wanted = [*derived.statements()]
    if there != revision.newest() or connection.scalar(sa.text(revision.MARK)) != _mark(
        connection, wanted
    ):
        run(connection, HALF_A_SECOND)
        # Before the revisions, which may change what a view reads.
        for drop in connection.scalars(query("derived_there"), {"schemas": [*SCHEMAS]}).all():
            run(connection, drop)
        apply_revisions(connection)
        for statement in wanted:
            run(connection, statement)
        # Last, of what stands by now: a try that gave way half-way has rolled this back too.
        run(connection, f"COMMENT ON TABLE public.alembic_version IS '{_mark(connection, wanted)}'")
    # Alembic's own table is made by no revision; whoever reads or writes looks into it first.
    connection.exec_driver_sql(revision.GRANTED)


def _mark(connection: sa.Connection, wanted: list[str]) -> str:
    """What was asked for and what stands, in a word: it differs where the declarations have changed
    since, and where somebody has changed or lost a view, a grant or a comment.
    """
    asked = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    stands = connection.scalar(query("derived_as_made"), {"schemas": [*SCHEMAS]})
    return f"what follows from the tables, and who made it: {asked} {stands} {revision.software()}"


def apply_revisions(connection: sa.Connection) -> None:
    """Apply every revision that has not been applied, and nothing that follows from the tables."""
    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")


def apply(connection: sa.Connection, path: str) -> None:
    """Apply the SQL beside a revision's file, which is readable by itself."""
    run(connection, revision.text_of(path))
