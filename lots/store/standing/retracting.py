"""Persons' words on rows that were entered in error: said, confirmed by another, taken back the
same way (docs/versions.md). Nothing is erased; each keeps by, at and reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import records, two_people
from lots.store.among import all_among
from lots.store.intake.accepting import is_retraction, key_of
from lots.store.intake.values import text
from lots.store.queries import query
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import KNOWN, RECEIPT
from lots.store.schema.word_tables import RETRACTION, RETRACTION_WORD
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


def is_there(connection: sa.Connection, record: Record, row: Row) -> bool:
    """Whether a row was accepted."""
    table = accepted(record)
    mine = sa.exists().where(table.c.receipt == row[0], table.c.line == row[1])
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


@dataclass(frozen=True, slots=True)
class Live:
    """A retraction by a person that is proposed or in force, and who took it back unconfirmed."""

    retraction: int
    record: str
    receipt: int
    line: int
    kind: str
    at: datetime
    by: str
    reason: str
    state: str
    back_by: str

    @property
    def stated(self) -> bool:
        """Whether it confirms what its sender sent."""
        return self.kind == AS_STATED


def live(connection: sa.Connection, rows: Sequence[Row] | None = None) -> list[Live]:
    """The retractions of these rows, or all, that are proposed or in force; proposed ones first."""
    asked = {
        "receipts": None if rows is None else [r for r, _ in rows],
        "lines": None if rows is None else [n for _, n in rows],
    }
    return [Live(*row) for row in connection.execute(query("retractions", "standing"), asked)]


def by_senders(connection: sa.Connection) -> list[tuple[str, Row, str, datetime]]:
    """Retractions that senders sent and nobody here has confirmed: (record, row, sender, when it came)."""
    alone = [name for name, record in records().items() if not two_people(record)]
    found = connection.execute(query("retracted_by_senders", "standing"), {"alone": alone})
    return [(r.record, (r.receipt, r.line), r.sender, r.at) for r in found]


def rows_of_receipt(connection: sa.Connection, record: Record, receipt: int) -> list[Row]:
    """The rows that a receipt was the first to bring."""
    table = accepted(record)
    lines = sa.select(table.c.line).where(table.c.receipt == receipt).order_by(table.c.line)
    return [(receipt, line) for line in connection.execute(lines).scalars()]


def told_elsewhere(connection: sa.Connection, receipt: int) -> set[Row]:
    """The rows of a receipt that another file told too."""
    lines = sa.select(KNOWN.c.of_line).where(
        KNOWN.c.of_receipt == receipt, KNOWN.c.receipt != receipt
    )
    # What another file says too is no error of this one alone: such a row is named by itself, or
    # stays.
    return {(receipt, line) for line in connection.execute(lines).scalars()}


def findings(connection: sa.Connection, record: Record, rows: Sequence[Row]) -> list[sa.Row[Any]]:
    """Findings on rows and on their keys that nobody closed: (receipt, line, finding, rule, state,
    holds).
    """
    table = accepted(record)
    mine = all_among((table.c.receipt, table.c.line), rows)
    keys = sa.select(key_of(record, table).label("key"), table.c.receipt, table.c.line).where(mine)
    asked = keys.subquery("asked")
    names = ("finding", "rule", "record", "key", "receipt", "line", "state", "holds")
    found = sa.table("finding_now", *(sa.column(c) for c in names), schema="judged")
    # Of another version of the key only what is about the key, whatever it says.
    this = sa.or_(
        found.c.receipt.is_(None),
        sa.and_(found.c.receipt == asked.c.receipt, found.c.line == asked.c.line),
    )
    select = (
        sa.select(
            asked.c.receipt,
            asked.c.line,
            *(found.c[c] for c in ("finding", "rule", "state", "holds")),
        )
        .join_from(
            asked, found, sa.and_(found.c.record == text(record.name), found.c.key == asked.c.key)
        )
        .where(this, found.c.state != text("closed"))
        .order_by(found.c.finding)
    )
    return list(connection.execute(select))


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's (docs/versions.md),
    as judged.retraction_now reads them.
    """
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    # Of ASCII alone: what else is the same letter hangs on the language that a database speaks.
    return "".join(c.lower() if c.isascii() else c for c in name.strip(" "))


def is_sender_s(connection: sa.Connection, record: Record, row: Row) -> str | None:
    """Who a retraction by its sender names, empty where nobody; None where a row is none."""
    table = accepted(record)
    select = sa.select(table.c.corrected_by).where(
        table.c.receipt == row[0], table.c.line == row[1], is_retraction(table)
    )
    found = connection.execute(select).one_or_none()
    return None if found is None else found[0] or ""
