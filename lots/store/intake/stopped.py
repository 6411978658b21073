"""A session that holds a file and sends nothing more of it: what its server ends by no limit.

Who is stopped between two statements is ended by the idle limits. Within COPY a server waits for its
client without any: neither statement_timeout nor transaction_timeout is heeded there. So whoever waits
for the file looks on, and ends a session of which no byte came for as long.
"""

import sqlalchemy as sa

# Bytes are told of one's own login only, as is the right to end a session.
LOGIN = "SET LOCAL ROLE NONE"
# The number is one of 64 bits, of which pg_locks tells two halves.
SENDING = """
SELECT a.pid, a.query_start, p.bytes_processed
FROM pg_catalog.pg_locks AS l
JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
JOIN pg_catalog.pg_stat_progress_copy AS p ON p.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
    AND (l.classid::bigint << 32) | l.objid::bigint = :number
    AND a.wait_event = 'ClientRead'
"""
END = "SELECT pg_catalog.pg_terminate_backend(:pid)"


class Onlooker:
    """Looks at whoever holds a file while we wait for it."""

    def __init__(self, number: int, patience_s: float) -> None:
        self._number, self._patience_s = number, patience_s
        self._seen: tuple[object, ...] | None = None
        self._since = 0.0

    def look(self, connection: sa.Connection, at: float) -> bool:
        """End the holder where no byte came from it since long; whether it was ended. at: seconds of
        a clock that never goes back.
        """
        connection.execute(sa.text(LOGIN))
        row = connection.execute(sa.text(SENDING), {"number": self._number}).one_or_none()
        seen = tuple(row) if row else None
        if seen != self._seen:
            self._seen, self._since = seen, at
        hung = seen is not None and at - self._since > self._patience_s
        if hung and seen:
            connection.execute(sa.text(END), {"pid": seen[0]})
        connection.rollback()
        return hung
