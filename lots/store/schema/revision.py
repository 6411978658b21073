"""Which revision a database's tables are at, and which they must be at.

Whoever reads or writes rows never migrates: `lots up` alone does. The revisions are known by their
files, since Alembic takes as long to load as an answer takes.
"""

from functools import cache

from sqlalchemy.engine.interfaces import DBAPIConnection

from lots.errors import OtherRevision
from lots.settings import RESOURCES

MIGRATIONS = RESOURCES / "sql" / "migrations"
# NULL: there is no such table; false: it may not be read, as before `lots up` granted that.
VISIBLE = """
SELECT bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = 'alembic_version'
"""
APPLIED = "SELECT version_num FROM public.alembic_version"
GRANTED = "GRANT SELECT ON public.alembic_version TO lots_pipeline, lots_reader"
RAISE = "bring them up to date first: lots up"
MAKE = "make them first: lots up"


@cache
def known() -> tuple[str, ...]:
    """Every revision of this version of the library, oldest first: each is named as its file."""
    return tuple(sorted(p.stem for p in (MIGRATIONS / "versions").glob("[0-9]*.py")))


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


def refuse_unknown(got: str) -> None:
    """Raise OtherRevision for one that a newer version of the library has made."""
    if got not in known():
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
        connection.rollback()
    finally:
        cursor.close()
    return row[0] if row else None
