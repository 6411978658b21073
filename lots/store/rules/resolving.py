"""A person's word: on a finding, and on a contested key. Nothing is erased; each keeps by, at and
reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.intake.reading import text
from lots.store.queries import query
from lots.store.schema.record_tables import standing
from lots.store.schema.tables import CONTESTED, DECISION, EVENT, SUPERSEDED, SYSTEM


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: its rule, the record type and key that it is about, and what it is now."""

    rule: str
    record: str
    key: tuple[str, ...]
    state: str


def finding(connection: sa.Connection, number: int) -> Finding | None:
    """The finding of that number."""
    row = connection.execute(query("finding_of"), {"finding": number}).one_or_none()
    return None if row is None else Finding(row.rule, row.record, tuple(row.key), row.state)


def close(connection: sa.Connection, number: int, by: str, reason: str, now: datetime) -> None:
    """Note that a person closed a finding."""
    connection.execute(
        sa.insert(EVENT).values(finding=number, kind="closed", at=now, by=by, reason=reason)
    )


def versions(connection: sa.Connection, record: Record, key: Sequence[str]) -> list[dict[str, Any]]:
    """The standing versions of a key, each with all its columns."""
    rows = standing(record)
    mine = [sa.cast(rows.c[c], sa.Text) == value for c, value in zip(record.key, key, strict=True)]
    return [
        dict(r)
        for r in connection.execute(
            sa.select(rows).where(*mine).order_by(rows.c.version)
        ).mappings()
    ]


def differing(found: Sequence[dict[str, Any]]) -> list[str]:
    """The columns in which versions differ."""
    return [
        c
        for c in (found[0] if found else ())
        if c not in SYSTEM and len({str(v[c]) for v in found}) > 1
    ]


def decide(
    connection: sa.Connection,
    record: Record,
    key: Sequence[str],
    keep: tuple[int, int],
    found: Sequence[dict[str, Any]],
    word: tuple[str, str, datetime],
) -> None:
    """Let one version of a contested key stand; word is (by, reason, at)."""
    by, reason, now = word
    named = sa.func.jsonb_build_array(*(text(part) for part in key))
    connection.execute(
        sa.insert(DECISION).values(
            record=record.name,
            key=named,
            receipt=keep[0],
            line=keep[1],
            at=now,
            by=by,
            reason=reason,
        )
    )
    others = [
        {"record": record.name, "receipt": v["receipt"], "line": v["line"]}
        for v in found
        if (v["receipt"], v["line"]) != keep
    ]
    connection.execute(sa.insert(SUPERSEDED), others)
    connection.execute(
        sa.delete(CONTESTED).where(CONTESTED.c.record == record.name, CONTESTED.c.key == named)
    )
