"""What answers have in common, whatever is asked: read once, and again as soon as anything was
written.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

Value = TypeVar("Value")

# Two snapshots that PostgreSQL writes alike see the same: whatever is committed takes a number, and is
# then below the next one, or no longer among those that run. Of a standby's this does not hold.
SEEN = sa.text("SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_snapshot()::text END")
KEPT = "common to answers"
MOST = 200  # values that are kept: of parties and lines each may have its own


@dataclass(slots=True)
class Common:
    """What was read by a connection, and what it saw then. reading: whether it sees that now."""

    seen: str | None
    found: dict[Hashable, Any] = field(default_factory=dict)
    reading: bool = True


def begin(connection: sa.Connection) -> Common:
    """Begin to read, in a transaction that sees one moment and writes nothing."""
    seen = connection.execute(SEEN).scalar_one()
    kept: Common | None = connection.info.get(KEPT)
    if kept is None or seen is None or kept.seen != seen:
        # By connection: it has one user at a time, one role and one database.
        kept = connection.info[KEPT] = Common(seen)
    kept.reading = True
    return kept


def end(common: Common) -> None:
    """End it: whatever the connection does next is not known to see the same."""
    common.reading = False


def once(connection: sa.Connection, key: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` finds; what it found under this key before, where nothing was written since. Nobody
    may change it.
    """
    kept: Common | None = connection.info.get(KEPT)
    if kept is None or not kept.reading:
        return read()
    if key not in kept.found:
        value = read()
        if len(kept.found) < MOST:
            kept.found[key] = value
        return value
    found: Value = kept.found[key]
    return found
