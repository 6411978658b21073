"""What a proof shows of a row."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.ledger import leaves
from lots.store.ledger.reading import Stored
from lots.store.schema.record_tables import accepted


@dataclass(frozen=True, slots=True)
class Shown:
    """A row's salt, what its leaf is of, and the canonical form of its values."""

    salt: bytes
    form: bytes
    content: bytes


def newest(connection: sa.Connection, record: Record, key: Sequence[str]) -> tuple[int, int] | None:
    """The receipt and line of the newest version of a key."""
    table = accepted(record)
    mine = [sa.cast(table.c[c], sa.Text) == part for c, part in zip(record.key, key, strict=True)]
    select = sa.select(table.c.receipt, table.c.line).where(*mine)
    row = connection.execute(select.order_by(table.c.version.desc()).limit(1)).one_or_none()
    return None if row is None else (row.receipt, row.line)


def shown(connection: sa.Connection, record: Record, stored: Stored, line: int) -> Shown:
    """What a proof shows of one accepted row."""
    # Where its secret went with a redaction, the row has a salt of its own.
    secret = stored.secret or b""
    given = {"receipt": stored.receipt, "line": line, "act": stored.act, "secret": secret}
    row = connection.execute(sa.text(leaves.shown(record)), given).one()
    return Shown(bytes(row.salt), bytes(row.form), bytes(row.content))
