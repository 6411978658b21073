"""Connections: one engine for each role and database, the same for the embedded server and a site's
own.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from lots.errors import CallError, DatabaseLost
from lots.settings import Settings
from lots.store import address, pooled, session
from lots.store.refusals import scrub
from lots.store.schema import revision

Connection = sa.Connection
Engine = sa.Engine

PREPARED = 400  # statements that a connection that reads keeps as they were planned
ROLES_LOCK = 7_145_009
# SQLSTATEs: connection, a silent session, login, no such database, resources, shutdown.
LOST = (
    "08",
    "25P03",
    "28",
    "3D",
    "53",
    "57P",
)
# One statement, as whoever owns the site's database runs it: again, and beside itself.
ENSURE_ROLES = """
DO $$
DECLARE role_name text;
BEGIN
    FOREACH role_name IN ARRAY
        ARRAY['lots_owner', 'lots_pipeline', 'lots_reader', 'lots_discloser', 'lots_service', 'lots_views']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- another process made it meanwhile; what follows finds it
            END;
        END IF;
        IF NOT pg_has_role(current_user, role_name, 'SET') THEN
            BEGIN
                EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
            EXCEPTION WHEN unique_violation OR internal_error THEN
                NULL;  -- roles are all databases': who comes up in another one granted it meanwhile
            END;
        END IF;
    END LOOP;
    IF NOT has_database_privilege('lots_owner', current_database(), 'CREATE') THEN
        EXECUTE format('GRANT CREATE ON DATABASE %I TO lots_owner', current_database());
    END IF;
    IF to_regclass('public.alembic_version') IS NULL
        AND NOT has_schema_privilege('lots_owner', 'public', 'CREATE') THEN
        GRANT CREATE ON SCHEMA public TO lots_owner;  -- where Alembic keeps which revision stands
    END IF;
END $$
"""

MAY_TAKE = "SELECT pg_has_role(oid, 'SET') FROM pg_catalog.pg_roles WHERE rolname = :role"
# Who only reads sees no key of a person and nothing as it came; who discloses sees both.
READERS = ("lots_reader", "lots_discloser", "lots_views")
MIGRATED = (
    "lots_pipeline",
    "lots_service",
    *READERS,
)  # they work on tables that the owner has migrated

WRITERS = ("lots_pipeline", "lots_service")

DECODER = json.JSONDecoder()

_engines: dict[tuple[int, str, object], sa.Engine] = {}
_guard = threading.Lock()


def engine(role: str = "lots_pipeline", settings: Settings | None = None) -> sa.Engine:
    """The engine of a role, kept for this process. A connection that fails or is lost raises
    DatabaseLost; one to tables of another revision raises OtherRevision, but for who migrates.

    Where the database's URL names no user (the embedded server's does not), the role logs in by
    itself; where it names one, that user takes the role.
    """
    # By process: a connection that a fork took along would be spoken to by two. And by what an address
    # is made of: to make one takes longer than a short statement.
    key = (os.getpid(), role, address.told(settings))
    with _guard:
        if key not in _engines:
            _engines[key] = _make(address.of_role(role, settings), role)
        return _engines[key]


def owner_engine(settings: Settings | None = None) -> sa.Engine:
    """The engine of the role that migrates."""
    return engine("lots_owner", settings)


def user_engine(settings: Settings | None = None) -> sa.Engine:
    """The engine of the user that the database's URL names, before it takes a role."""
    return engine("", settings)


@contextmanager
def by_itself(made: sa.Engine) -> Iterator[Connection]:
    """A connection on which each statement is a transaction of its own."""
    with made.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


def expect(role: str, settings: Settings | None = None) -> None:
    """Connect once, so that nothing is done where the role cannot work. Raises OtherRevision,
    DatabaseLost, CallError.
    """
    try:
        engine(role, settings).connect().close()
    # Which of the two it was: PostgreSQL tells a role that is missing as a log-in that failed.
    except DatabaseLost:
        _expect_role(role, user_engine(settings))
        raise


def close(settings: Settings | None = None) -> None:
    """Close this process's idle connections to one database, whatever their role."""
    database = address.whereabouts(address.site(settings))
    with _guard:
        # The engines stay: what they compiled serves whoever connects next.
        for made in _engines.values():
            if address.whereabouts(made.url) == database:
                made.dispose()


def ensure_roles(user: sa.Engine) -> None:
    """Make the roles that are absent, without a login, and let the user of this engine take them.
    Raises CallError.
    """
    try:
        with user.begin() as connection:
            # One at a time: two that grant one role at once would both change one row.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ROLES_LOCK)))
            connection.execute(sa.text(ENSURE_ROLES))
    except sa.exc.ProgrammingError:
        raise CallError(
            f"{user.url.username}: user of LOTS_DATABASE_URL: expected one who may make the roles"
            " lots_owner, lots_pipeline, lots_reader, lots_discloser, lots_service and lots_views or has been"
            " granted them, got one who may not."
        ) from None


def lost(error: BaseException) -> DatabaseLost | None:
    """The sentence for an error of a database that cannot be reached or went away, and None for any
    other error.
    """
    origin = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    state = getattr(origin, "sqlstate", None)
    if (
        state is None and type(origin).__name__ == "OperationalError"
    ):  # libpq's own words hold no value of a row
        return DatabaseLost(
            "PostgreSQL: connection: expected an answer, got:"
            f" {str(origin).strip().splitlines()[0]}"
        )
    if state is not None and state.startswith(LOST):
        return DatabaseLost(
            f"PostgreSQL: connection: expected it to last, got {type(origin).__name__} ({state})."
        )
    return None


def _expect_role(role: str, user: sa.Engine) -> None:
    """Tell a role that is not there, or not for this user, from a server that does not answer."""
    with user.connect() as connection:
        may = connection.execute(sa.text(MAY_TAKE), {"role": role}).scalar_one_or_none()
    if may is None:
        raise CallError(
            f"PostgreSQL: role {role}: expected it to exist, got none of that name; make it first:"
            " lots up."
        ) from None
    if not may:
        raise CallError(
            f"{user.url.username}: user of LOTS_DATABASE_URL: expected one who may take the role"
            f" {role}, got one who may not; grant the role to this user."
        ) from None


def _make(url: URL, role: str) -> sa.Engine:
    made = sa.create_engine(
        # hide_parameters: an error's text goes into logs, and a parameter may be a donor's key.
        url,
        hide_parameters=True,
        pool_size=3,
        max_overflow=5,
        json_deserializer=_json,
    )
    event.listen(made, "connect", _begun_to_read if role in READERS else _begun)
    if role in MIGRATED:
        event.listen(made, "connect", _migrated)
    if role in WRITERS:
        event.listen(made, "connect", _by_this_version)
    # A server that was restarted is no error of whoever asks next.
    pooled.watch(made)
    event.listen(made, "handle_error", _tell)
    # Last: it takes the words away that `_tell` still looks at.
    event.listen(made, "handle_error", scrub)
    return made


def _json(sent: bytes) -> object:
    # PostgreSQL sends JSON in UTF-8 and without a blank before it: the library's own reading
    # guesses both for each value, which of a thousand keys takes longer than all the rest of them.
    return DECODER.raw_decode(sent.decode())[0]


def _begun(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    session.refuse(connection)
    session.settle(connection)


def _begun_to_read(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    session.refuse(connection)
    # Few questions of different kinds put more than the hundred that the driver keeps by itself, and
    # from the fifth time on alone: to plan one again takes longer than to answer it.
    connection.prepared_max, connection.prepare_threshold = PREPARED, 0
    session.settle(connection, session.READER)


def _migrated(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    revision.check(connection)


def _by_this_version(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    revision.check_software(connection)


def _tell(context: ExceptionContext) -> DatabaseLost | None:
    return lost(context.original_exception)
