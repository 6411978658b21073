"""The second door to PostgreSQL: short transactions of the service, by a login of its own.

The pool is the engine's (docs/decisions/service.md): so a session is set, checked and scrubbed as
every other one is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lots.errors import DatabaseLost
from lots.settings import Settings
from lots.store.engine import by_itself, engine
from lots.store.schema.access_tables import SERVICE

Connection = sa.Connection
BUSY = "PostgreSQL: connection: expected a free one within its time, got none; try again later."


@contextmanager
def asking(settings: Settings) -> Iterator[Connection]:
    """A transaction on the tables of access: it stands when the block ends without an error."""
    with in_time(), engine(SERVICE, settings).begin() as connection:
        yield connection


@contextmanager
def by_statement(settings: Settings) -> Iterator[Connection]:
    """The same for who reads, and writes one thing at most: each statement stands by itself."""
    with in_time(), by_itself(engine(SERVICE, settings)) as connection:
        yield connection


@contextmanager
def in_time() -> Iterator[None]:
    """Tell a pool that has nothing free as a database that cannot be reached now."""
    try:
        yield
    except sa.exc.TimeoutError:
        raise DatabaseLost(BUSY) from None
