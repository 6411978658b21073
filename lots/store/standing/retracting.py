"""Persons' words on rows that were entered in error: said, confirmed by another, taken back the same
way (docs/versions.md). Nothing is erased; each keeps by, at and reason.
"""

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.intake.accepting import is_retraction
from lots.store.queries import query
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import KNOWN, RECEIPT, RETRACTION, RETRACTION_WORD
from lots.store.standing.resolving import Row, Word

NEVER_HAPPENED, REPLACEMENT_DUE, AS_STATED = "never_happened", "replacement_due", "as_stated"


def row_of(connection: sa.Connection, row: Row) -> tuple[str, Row] | None:
    """The record and the accepted row that a receipt's line is, or that it repeated; None where
    nothing of it was accepted.
    """
    of = sa.select(KNOWN.c.of_receipt, KNOWN.c.of_line).where(
        KNOWN.c.receipt == row[0], KNOWN.c.line == row[1]
    )
    # What was already known has no row of its own: the word is on the row that it repeated.
    first = connection.execute(of).one_or_none()
    receipt, line = first or row
    record = connection.execute(
        sa.select(RECEIPT.c.record).where(RECEIPT.c.receipt == receipt)
    ).scalar_one_or_none()
    return None if record is None else (record, (receipt, line))


def is_there(connection: sa.Connection, record: Record, row: Row, *, retraction: bool) -> bool:
    """Whether a row was accepted, and is a retraction by its sender or is none."""
    table = accepted(record)
    kind = is_retraction(table) if retraction else sa.true()
    mine = sa.exists().where(table.c.receipt == row[0], table.c.line == row[1], kind)
    return bool(connection.execute(sa.select(mine)).scalar_one())


def retract(connection: sa.Connection, record: Record, row: Row, kind: str, word: Word) -> int:
    """Note that a person says that a row was entered in error, or that its sender's retraction is
    right; the retraction's number.
    """
    # By its number persons confirm it, and take it back.
    return int(
        connection.execute(
            sa.insert(RETRACTION)
            .values(
                record=record.name,
                receipt=row[0],
                line=row[1],
                kind=kind,
                at=word.at,
                by=word.by,
                reason=word.reason,
            )
            .returning(RETRACTION.c.retraction)
        ).scalar_one()
    )


def say(connection: sa.Connection, retraction: int, said: str, word: Word) -> None:
    """Note what a person says of a retraction: confirmed, taken_back, let_stand."""
    connection.execute(
        sa.insert(RETRACTION_WORD).values(
            retraction=retraction, said=said, at=word.at, by=word.by, reason=word.reason
        )
    )


def state(connection: sa.Connection, retraction: int) -> tuple[str, Row, str] | None:
    """What a retraction is about and what it is now: (record, row, state)."""
    found = connection.execute(
        query("retraction_of", "standing"), {"retraction": retraction}
    ).one_or_none()
    return None if found is None else (found.record, (found.receipt, found.line), found.state)


def is_taken_back(connection: sa.Connection, retraction: int) -> bool:
    """Whether a person has taken a retraction back, confirmed or not."""
    word = sa.exists().where(
        RETRACTION_WORD.c.retraction == retraction, RETRACTION_WORD.c.said == "taken_back"
    )
    return bool(connection.execute(sa.select(word)).scalar_one())
