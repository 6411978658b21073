"""Which revision a database's tables are at, and which they must be at.

Whoever reads or writes rows never migrates: `lots up` alone does. The revisions are known by their
files, since Alembic takes as long to load as an answer takes. Each is called by its file's name and
by what is in it: tables that were made by another text, such as an earlier draft of the baseline,
are never taken for these.
"""

import hashlib
from functools import cache
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPIConnection

from lots.errors import OtherRevision
from lots.settings import PACKAGE, RESOURCES, ROOT

MIGRATIONS = RESOURCES / "sql" / "migrations"
LONGEST = 23  # of a file's name: Alembic keeps 32 characters, and the digest takes nine
# Of the time before the first release, which no revision leads out of: also drafts of the baseline.
BEFORE = ("0001_", "0002_whole_plant", "0003_kept_beside")
# NULL: there is no such table; false: it may not be read, as before `lots up` granted that.
VISIBLE = """
SELECT bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = 'alembic_version'
"""
APPLIED = "SELECT version_num FROM public.alembic_version"
# A comment, since a table of our own would need a revision to exist. Its last word is the software's.
MARK = "SELECT obj_description('public.alembic_version'::regclass, 'pg_class')"
GRANTED = (
    "GRANT SELECT ON public.alembic_version"
    " TO lots_pipeline, lots_reader, lots_discloser, lots_service, lots_views"
)
# What the meaning of a row hangs on; not how it is asked for or shown.
ROOMS = (
    *("answers", "decisions", "evidence", "formats", "grammar", "identifiers"),
    *("pipeline", "questions", "records", "rules", "store"),
)
SOURCES = (".py", ".sql", ".toml")
RAISE = "bring them up to date first: lots up"
MAKE = "make them first: lots up"


@cache
def known() -> tuple[str, ...]:
    """Every revision of this version of the library, oldest first."""
    # By the SQL files and not by Alembic: loading it takes as long as an answer.
    return tuple(name_of(path) for path in sorted((MIGRATIONS / "versions").glob("[0-9]*.sql")))


def name_of(path: str | Path) -> str:
    """What the revision in a file is called, whether it is the file of its SQL or the one beside
    it.
    """
    digest = hashlib.sha256(text_of(path).encode())
    return f"{Path(path).stem}_{digest.hexdigest()[:8]}"


def text_of(path: str | Path) -> str:
    """The SQL of the revision in a file."""
    return Path(path).with_suffix(".sql").read_text(encoding="utf-8")


def before(name: str) -> str | None:
    """The revision that must stand before another is applied; None before the first."""
    index = known().index(name)
    return known()[index - 1] if index else None


def newest() -> str:
    """The revision that the tables must be at."""
    return known()[-1]


def check(connection: DBAPIConnection) -> None:
    """Raise OtherRevision unless the tables of this database are at the newest revision."""
    visible = _first(connection, VISIBLE)
    got = _first(connection, APPLIED) if visible else None
    if got == newest():
        return
    if got is not None:
        refuse_unknown(str(got))
        raise _other(f"{got}; {RAISE}")
    raise _other(f"an older one; {RAISE}" if visible is False else f"no tables; {MAKE}")


@cache
def software() -> str:
    """A word for all that reads, judges and writes rows here: another in each version of it, though its
    tables be the same.
    """
    digest = hashlib.sha256()
    for folder in (*(PACKAGE / name for name in ROOMS), ROOT / "validations", RESOURCES / "sql"):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in SOURCES):
            name = path.relative_to(folder.parent).as_posix()
            digest.update(f"{name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def check_software(connection: DBAPIConnection) -> None:
    """Raise OtherRevision unless `lots up` was last run by this version: of two that judge beside each
    other, one would undo what the other has found.
    """
    got = str(_first(connection, MARK) or "none").rpartition(" ")[2]
    if got != software():
        raise OtherRevision(
            f"PostgreSQL: version of plasma-lots that works here: expected {software()}, got {got}; use"
            " that one, or have this one on all hosts, and then: lots up."
        )


def refuse_unknown(got: str) -> None:
    """Raise OtherRevision for one that another version of the library has made."""
    if got in known():
        return
    if got.startswith(BEFORE):
        raise _other(
            f"{got} of before the first release, which no version raises; receive its files into a"
            " new database"
        )
    raise _other(
        f"{got}, which this version of plasma-lots does not know; use the version that made it,"
        " or a newer one"
    )


def _other(got: str) -> OtherRevision:
    return OtherRevision(f"PostgreSQL: revision of the tables: expected {newest()}, got {got}.")


def _first(connection: DBAPIConnection, question: str) -> object:
    cursor = connection.cursor()
    try:
        cursor.execute(question)
        row = cursor.fetchone()
        # Or the next one to use it would see the database as it stood at this look.
        connection.rollback()
    finally:
        cursor.close()
    return row[0] if row else None
