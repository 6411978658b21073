"""What is written of the ledger's copies outside, beside those copies."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.records import records
from lots.store.ledger import reading
from lots.store.ledger.appending import KEPT, leaves_of
from lots.store.ledger.reading import PUBLISH_LOCK, Stored
from lots.store.schema.ledger_tables import CHECKPOINT, ORIGIN


def lock(connection: sa.Connection) -> None:
    """Wait until nobody else writes copies; holds until the transaction ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(PUBLISH_LOCK)))


def named(connection: sa.Connection) -> str:
    """The ledger's name, drawn where it has none: no two ledgers have one name."""
    drawn = pg.insert(ORIGIN).values(one=1, origin=f"plasma-lots-{secrets.token_hex(8)}")
    connection.execute(drawn.on_conflict_do_nothing())
    return reading.origin(connection) or ""


def leaves(connection: sa.Connection, stored: Stored) -> bytes:
    """The leaves of the rows under an entry: as this process computed them, else from the rows."""
    # Taken out: an entry is written outside once.
    kept = KEPT.pop(stored.act, None)
    if kept is not None:
        return kept
    if stored.secret is None:
        return b"".join(row.leaf for row in reading.rows(connection, stored))
    record = records().get(stored.record or "")
    accepted = (record, stored.receipt) if record and stored.receipt else None
    under = leaves_of(connection, stored.act, stored.secret, accepted)
    # Of rows that are no more, their leaves are kept; few entries have any.
    if len(under) != stored.made.leaves * 32:
        under = b"".join(row.leaf for row in reading.rows(connection, stored))
    return under


def note(connection: sa.Connection, size: int, text: str, now: datetime) -> None:
    """Keep a checkpoint that was written outside, for certificates to carry."""
    values = pg.insert(CHECKPOINT).values(size=size, note=text, at=now)
    connection.execute(values.on_conflict_do_nothing())
