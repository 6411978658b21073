"""What PostgreSQL refuses, told without what it was given: its DETAIL may be a donor's key. And
what is tried again.

Two receipts that bring one key wait for each other, or one of them loses; as nothing of it is kept
then, it is tried once more, and then with no other receipt being accepted beside it: both end as
one after the other would.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext

from lots.errors import DatabaseRefused

ACCEPT_LOCK = (
    7_145_003  # receipts are accepted beside each other; one that lost a race is accepted alone
)
TRIES = 4
# SQLSTATEs: serialization, deadlock, a key that came first, a lock.
RACES = (
    "40001",
    "40P01",
    "23505",
    "55P03",
)


def scrub(context: ExceptionContext) -> None:
    """Leave of an error its kind alone, wherever it is printed."""
    said = _kind(context.original_exception)
    for error in (context.original_exception, context.sqlalchemy_exception):
        if isinstance(error, psycopg.Error | sa.exc.DBAPIError):
            # In place: SQLAlchemy and whoever logs the error keep references to it.
            error.args = (said,)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the database refuses into a sentence. Raises DatabaseRefused."""
    try:
        yield
    except (sa.exc.DBAPIError, psycopg.Error) as error:
        raise _refused(error) from None


def accepted(connection: sa.Connection, work: Callable[[], object]) -> None:
    """Accept in one transaction, and again where it lost a race. Raises DatabaseRefused when it
    loses for ever.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with connection.begin():
                # Shared at first, so that files are accepted beside each other; alone afterwards,
                # where it can lose to nobody.
                _take_turn(connection, alone=attempt > 1)
                work()
                return
        except sa.exc.DBAPIError as error:
            # Anything else would fail the same way again.
            if _state(error) not in RACES or attempt == TRIES:
                raise _refused(error) from None


def _take_turn(connection: sa.Connection, *, alone: bool) -> None:
    lock = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
    connection.execute(sa.select(lock(ACCEPT_LOCK)))


def _refused(error: BaseException) -> DatabaseRefused:
    origin = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    return DatabaseRefused(f"PostgreSQL: statement: expected it to run, got {_kind(origin)}.")


def _kind(error: BaseException | None) -> str:
    return f"{type(error).__name__} ({_state(error) or 'no SQLSTATE'})"


def _state(error: BaseException | None) -> str:
    origin = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    return getattr(origin, "sqlstate", None) or ""
