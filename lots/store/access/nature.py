"""Whether a database holds what is real or what is synthetic: told once, and for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.errors import CallError
from lots.settings import Settings
from lots.store.access.door import Connection, asking
from lots.store.ledger.appending import append
from lots.store.ledger.facts import OF_ACCESS
from lots.store.schema.access_tables import NATURE


def nature(connection: Connection) -> str | None:
    """What was told; None where nobody has."""
    told: str | None = connection.scalar(sa.select(NATURE.c.nature))
    return told


UNTOLD = (
    "database: what it holds: expected to be told once, real or synthetic, got neither; say it:"
    " lots serve --real, or --synthetic."
)


def told(settings: Settings) -> str:
    """What was told of this database. Raises CallError where nobody has said which."""
    with asking(settings) as connection:
        stands = nature(connection)
    if stands is None:
        raise CallError(UNTOLD)
    return stands


def tell(settings: Settings, holds: str, *, by: str, now: datetime) -> None:
    """Say which of the two this database holds. Raises CallError where the other was said
    before.
    """
    with asking(settings) as connection:
        connection.execute(
            pg.insert(NATURE).values(one=True, nature=holds, at=now, by=by).on_conflict_do_nothing()
        )
        append(connection, "nature", {"nature": holds}, by, now, facts=OF_ACCESS)
        stands = nature(connection)
    if stands != holds:
        raise CallError(
            f"database: what it holds: expected {stands}, as was said once for ever, got {holds};"
            " use another database."
        )
