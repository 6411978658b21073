"""Scans and what was booked after them come under an entry at each checkpoint, not one by one."""

from datetime import datetime

import sqlalchemy as sa

from lots.store.ledger.appending import append
from lots.store.schema.elements import ACT
from lots.store.schema.scan_tables import TABLES

WINDOW = 60  # seconds after which the service has entered a scan
BY = "lots"  # who scanned stands in the row, for the site alone


def enter(connection: sa.Connection, now: datetime) -> None:
    """Append an entry over the scans that stand under none, and one over the bookings: what was
    booked and is lost with a database must be booked again, a scan must not (docs/ledger.md).
    """
    # An entry each: appending ends the act, and the next table's rows draw another.
    for table in TABLES:
        # With the act of this transaction, which the first of these rows draws.
        entered = sa.text(
            f"UPDATE {table.fullname} SET act = {ACT} WHERE act IS NULL RETURNING {table.name}"
        )
        numbers = connection.scalars(entered).all()
        if numbers:
            reference = {"numbers": f"{min(numbers)}-{max(numbers)}"}
            append(connection, table.name, reference, BY, now)


def waiting(connection: sa.Connection) -> int:
    """How many scans and bookings stand under no entry yet."""
    return sum(
        connection.scalars(
            sa.select(sa.func.count()).select_from(table).where(table.c.act.is_(None))
        ).one()
        for table in TABLES
    )
