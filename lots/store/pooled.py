"""Whether a connection of the pool still stands: mostly without asking the server, since a round trip
more is a third of what a short statement takes.
"""

import select
import time
from functools import partial

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# A server that ends or restarts says so on the socket, or closes it. One that was cut off says nothing:
# whoever was idle for longer asks it.
TRUSTED_S = 5.0
RETURNED = "returned"


def watch(made: sa.Engine) -> None:
    """Let no connection out of the pool that does not stand; another is made in its place."""
    event.listen(made, "checkin", _returned)
    event.listen(made, "checkout", partial(_expect_standing, made))


def _returned(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[RETURNED] = time.monotonic()


def _expect_standing(
    made: sa.Engine,
    connection: DBAPIConnection,
    entry: ConnectionPoolEntry,
    _: PoolProxiedConnection,
) -> None:
    returned = entry.info.pop(RETURNED, None)
    # A new one has just answered.
    if returned is None:
        return
    if time.monotonic() - returned < TRUSTED_S and not _something_came(connection):
        return
    try:
        made.dialect.do_ping(connection)
    except made.dialect.loaded_dbapi.Error:
        raise sa.exc.DisconnectionError from None


def _something_came(connection: DBAPIConnection) -> bool:
    """Whether the server sent something unasked, or closed: nothing comes to who has asked nothing."""
    if connection.closed:
        return True
    looking = select.poll()
    looking.register(connection.fileno(), select.POLLIN)
    return bool(looking.poll(0))
