"""A person's word: on a finding, and on a contested key. Nothing is erased; each keeps by, at and
reason.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.intake.opening import open_contested
from lots.store.queries import query
from lots.store.schema.record_tables import standing
from lots.store.schema.tables import EVENT, FINDING, OUTCOME
from lots.store.schema.word_tables import DECISION, DECISION_BACK
from lots.store.standing import versions

Row = tuple[int, int]  # a receipt and a line of it


@dataclass(frozen=True, slots=True)
class Word:
    """Who says it, why, and when."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: its rule, the record type and key that it is about, what it is now,
    and what it holds."""

    rule: str
    record: str
    key: tuple[str, ...]
    state: str
    holds: str


def finding(connection: sa.Connection, number: int) -> Finding | None:
    """The finding of that number."""
    row = connection.execute(query("finding_of"), {"finding": number}).one_or_none()
    return (
        None if row is None else Finding(row.rule, row.record, tuple(row.key), row.state, row.holds)
    )


def to_close(connection: sa.Connection, rule: str) -> list[tuple[int, str, str]]:
    """The findings of a rule that nobody has closed: (number, record, what it holds)."""
    found = connection.execute(query("findings_to_close"), {"rule": rule})
    return [(f.finding, f.record, f.holds) for f in found]


def close(connection: sa.Connection, number: int, by: str, reason: str, now: datetime) -> None:
    """Note that a person closed a finding, and what it rested on then: that alone is closed."""
    rested = (
        sa.select(OUTCOME.c.rests_on)
        .join(
            FINDING, sa.and_(FINDING.c.rule == OUTCOME.c.rule, FINDING.c.key == OUTCOME.c.subject)
        )
        .where(FINDING.c.finding == number)
        .scalar_subquery()
    )
    connection.execute(
        # An event beside what was found: nothing of a finding is ever changed.
        sa.insert(EVENT).values(
            finding=number, kind="closed", at=now, by=by, reason=reason, rests_on=rested
        )
    )


def standing_versions(
    connection: sa.Connection, record: Record, key: Sequence[str]
) -> list[dict[str, Any]]:
    """The standing versions of a key, each with all its columns."""
    rows = standing(record)
    mine = [sa.cast(rows.c[c], sa.Text) == value for c, value in zip(record.key, key, strict=True)]
    return [
        dict(r)
        for r in connection.execute(
            sa.select(rows).where(*mine).order_by(rows.c.version)
        ).mappings()
    ]


def decide(
    connection: sa.Connection,
    record: Record,
    key: Sequence[str],
    keep: Row,
    word: Word,
) -> list[int]:
    """Let one version of a contested key stand against all others that there are now; the receipts
    of all of them.
    """
    # Derived first for the sake of its table key_version alone, which has every version of the key.
    keys = versions.of_rows(record, [keep])
    versions.derive(connection, record, keys)
    # All versions that there are now, those too that do not stand: one may stand again later.
    others = connection.execute(
        sa.text("SELECT receipt, line FROM key_version ORDER BY receipt, line")
    ).all()
    versions.done(connection)
    connection.execute(
        sa.insert(DECISION).values(
            record=record.name,
            key=list(key),
            receipt=keep[0],
            line=keep[1],
            # Named one by one: a version that comes later is against nobody's decision, and
            # contested.
            against=[[r, n] for r, n in others if (r, n) != keep],
            at=word.at,
            by=word.by,
            reason=word.reason,
        )
    )
    return derive_again(connection, record, [keep], word.at)


def take_back(
    connection: sa.Connection, record: Record, key: Sequence[str], word: Word
) -> list[int] | None:
    """Take a key's last decision back; the receipts of its versions, None where nobody decided."""
    told = {"record": record.name, "key": json.dumps(list(key))}
    last = connection.execute(query("decision_of", "standing"), told).one_or_none()
    if last is None:
        return None
    connection.execute(
        sa.insert(DECISION_BACK).values(
            decision=last.decision, at=word.at, by=word.by, reason=word.reason
        )
    )
    return derive_again(connection, record, [(last.receipt, last.line)], word.at)


def reopen(connection: sa.Connection, number: int, word: Word) -> None:
    """Note that a person opened a finding again that was closed."""
    connection.execute(
        sa.insert(EVENT).values(
            finding=number, kind="reopened", at=word.at, by=word.by, reason=word.reason
        )
    )


def derive_again(
    connection: sa.Connection, record: Record, rows: Sequence[Row], now: datetime
) -> list[int]:
    """Derive what stands of rows' keys after a person's word; the receipts of their versions."""
    versions.derive(connection, record, versions.of_rows(record, rows))
    open_contested(connection, record, rows[0][0], now)
    receipts = versions.receipts_of_versions(connection)
    versions.done(connection)
    return receipts
