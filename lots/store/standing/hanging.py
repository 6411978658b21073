"""What is derived, noted at two moments of one transaction and compared."""

from typing import Any

import sqlalchemy as sa

from lots.store.intake.staging import run
from lots.store.queries import query, text_of


def note(connection: sa.Connection, moment: str) -> None:
    """Note all that a retraction can change, as it is now: before, or after."""
    noted = text_of("hanging", "standing")
    run(connection, f"CREATE TEMP TABLE hanging_{moment} ON COMMIT DROP AS\n{noted}")
    # A table that was just made has no statistics, and the two are joined in full.
    run(connection, f"ANALYZE hanging_{moment}")


def differences(connection: sa.Connection) -> list[sa.Row[Any]]:
    """What differs between the two: (what, of, becomes, rows)."""
    return list(connection.execute(query("hangs", "standing")))
