"""A database as one file and back: PostgreSQL's own programs, as the role that owns the tables."""

import os
import subprocess
from pathlib import Path

import sqlalchemy as sa

from lots.errors import CallError, DatabaseRefused
from lots.postgres.programs import program
from lots.settings import Settings
from lots.store.address import site
from lots.store.engine import close, ensure_roles, owner_engine, user_engine
from lots.store.intake.staging import run
from lots.store.schema import migrate, revision
from lots.store.schema.access_tables import LINK, SESSION
from lots.store.schema.tables import SCHEMAS

OWNER = "lots_owner"
# What a crash empties is read again from kept bytes; nobody stays signed in through a backup.
WITHOUT = ("staged_*", "broken_*", "verdict_*")
UNTOLD = (LINK.fullname, SESSION.fullname)
THERE = (
    "SELECT to_regclass('ledger.entry') IS NOT NULL AND to_regclass('access.account') IS NOT NULL"
)
ROWS = """
SELECT (SELECT count(*) FROM ledger.entry) + (SELECT count(*) FROM receiving.receipt)
    + (SELECT count(*) FROM access.account)
"""


def snapshot(connection: sa.Connection) -> str:
    """Hold what stands now for as long as this transaction lasts;
    the name by which a dump sees it.
    """
    return str(connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one())


def dump(settings: Settings, target: Path, seen: str) -> None:
    """Write the tables as they stand in a snapshot. Raises DatabaseRefused."""
    without = [f"--exclude-table=receiving.{name}" for name in WITHOUT]
    without += [f"--exclude-table-data={name}" for name in UNTOLD]
    schemas = [f"--schema={name}" for name in SCHEMAS]
    # Of the caller's snapshot, so that rows and the kept bytes beside them are of one moment.
    options = ["--format=custom", f"--snapshot={seen}", f"--file={target}", "--no-password"]
    done = _run(settings, "pg_dump", *options, *without, *schemas, *_where(settings))
    if done.returncode:
        # Of its words the first line alone: it tells a version, a right or a lost connection.
        said = (done.stderr.strip().splitlines() or ["nothing said"])[0]
        raise DatabaseRefused(f"pg_dump: backup: expected the database's rows, got: {said}.")


def check(settings: Settings, source: Path) -> bool:
    """Whether a dump can be read from its beginning to its end."""
    # All of it is unpacked: a file that is cut off has its table of contents in front.
    return not _run(settings, "pg_restore", "--file=/dev/null", str(source)).returncode


def make(settings: Settings) -> None:
    """Have the tables, empty. Raises CallError where there is anything in them."""
    user = user_engine(settings)
    # A site's own server: the embedded one is made with its roles.
    if user.url.username:
        ensure_roles(user)
    with owner_engine(settings).connect() as connection:
        there = connection.execute(sa.text(THERE)).scalar_one()
        rows = connection.execute(sa.text(ROWS)).scalar_one() if there else 0
    if rows:
        raise CallError(
            "database: expected an empty one to put a backup into, got one with rows; nothing was"
            " changed. Use a new LOTS_HOME or another database."
        )
    migrate.upgrade(settings)


def restore(settings: Settings, source: Path) -> None:
    """Put the rows of a dump into empty tables: all of them or none. Raises DatabaseRefused."""
    close(settings)
    # Rows alone: no function, view or grant of a backup comes in, but those that are declared.
    options = ["--data-only", "--single-transaction", "--exit-on-error", "--no-password"]
    options += [f"--schema={name}" for name in SCHEMAS]
    done = _run(settings, "pg_restore", *options, *_where(settings), str(source))
    if done.returncode:
        # Not its words: they may quote a row.
        raise DatabaseRefused(
            "pg_restore: database: expected all rows of the backup to fit these tables, got some"
            " that do not; nothing of them was put in."
        )


def newest() -> str:
    """The revision of the tables that this version reads and writes."""
    return revision.newest()


def analyse(settings: Settings) -> None:
    """Have the planner know what was put in."""
    with (
        owner_engine(settings)
        .connect()
        .execution_options(isolation_level="AUTOCOMMIT") as connection
    ):
        run(connection, "ANALYZE")


def _where(settings: Settings) -> list[str]:
    address = site(settings)
    role = [f"--role={OWNER}"] if address.username else []
    address = address.set(drivername="postgresql", username=address.username or OWNER)
    return [*role, f"--dbname={address.render_as_string(hide_password=False)}"]


def _run(settings: Settings, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Not the caller's environment: PGOPTIONS and the like would lead elsewhere; but its passfile.
    kept = {part: os.environ[part] for part in ("HOME", "PGPASSFILE") if part in os.environ}
    return subprocess.run(
        [str(program(settings.home, name)), *arguments],
        env={"LC_ALL": "C", "PATH": os.defpath, "PGCONNECT_TIMEOUT": "10", **kept},
        umask=0o077,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
