"""Whether a database holds what is real or what is synthetic: told once, and for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.errors import CallError
from lots.settings import Settings
from lots.store.access.door import Connection, asking
from lots.store.schema.access_tables import NATURE


def nature(connection: Connection) -> str | None:
    """What was told; None where nobody has."""
    told: str | None = connection.scalar(sa.select(NATURE.c.nature))
    return told


def tell(settings: Settings, told: str, *, by: str, now: datetime) -> None:
    """Say which of the two this database holds. Raises CallError where the other was said before."""
    with asking(settings) as connection:
        connection.execute(
            pg.insert(NATURE).values(one=True, nature=told, at=now, by=by).on_conflict_do_nothing()
        )
        stands = nature(connection)
    if stands != told:
        raise CallError(
            f"database: what it holds: expected {stands}, as was said once for ever, got {told};"
            " use another database."
        )
