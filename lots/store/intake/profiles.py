"""Senders' profiles: each as it was put, so that whoever receives, on whatever host, reads by the
same.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.tables import PROFILE


@dataclass(frozen=True, slots=True)
class Put:
    """What was put last for a sender: its text, None where it has none any more; when,
    and by whom.
    """

    sender: str
    text: str | None
    at: datetime
    by: str

    @property
    def sha256(self) -> str | None:
        """What receipts that were read by it say of it, in hexadecimal digits."""
        return None if self.text is None else hashlib.sha256(self.text.encode()).hexdigest()


def put(connection: sa.Connection, one: Put) -> None:
    """Let a sender's files be read by this text from now on."""
    # A row more, and none that changes: the text of every profile that ever held stays, as receipts
    # were read by it (docs/decisions/profiles.md).
    values = {"sender": one.sender, "text": one.text, "at": one.at, "by": one.by}
    connection.execute(sa.insert(PROFILE).values(values))


def text_of(connection: sa.Connection, sender: str) -> str | None:
    """The profile that holds for a sender, as TOML."""
    select = (
        sa.select(PROFILE.c.text)
        .where(PROFILE.c.sender == sender)
        .order_by(PROFILE.c.profile.desc())
        .limit(1)
    )
    return connection.execute(select).scalar_one_or_none()


def texts(connection: sa.Connection) -> Mapping[str, str]:
    """Every profile that holds, by its sender."""
    return {one.sender: one.text for one in last(connection) if one.text is not None}


def last(connection: sa.Connection) -> list[Put]:
    """What was put last for each sender, by their names."""
    select = (
        sa.select(PROFILE.c.sender, PROFILE.c.text, PROFILE.c.at, PROFILE.c.by)
        .ext(pg.distinct_on(PROFILE.c.sender))
        .order_by(PROFILE.c.sender, PROFILE.c.profile.desc())
    )
    return [Put(*row) for row in connection.execute(select)]
