"""Findings opened by what was accepted: one for each rule that a row broke, one for each key that is contested."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Outcome, Record
from lots.store.intake.accepting import is_usable, key_of, rows_changed
from lots.store.intake.prepared import bit_of, prepared
from lots.store.intake.reading import text
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import CONTESTED, FINDING

CONTESTED_RULE = "contested"


def open_findings(
    connection: sa.Connection, record: Record, receipt: int, now: datetime, *, known: int
) -> int:
    """Open what the accepted rows tell: one finding for each rule that a row broke. Rows already
    known open none.
    """
    told, table, source = _told(record), accepted(record), prepared(record, receipt)
    select = (
        sa.select(
            told.c.rule,
            told.c.rule_version,
            text(record.name),
            key_of(record, source),
            source.c.content,
            sa.literal_column(str(receipt)),
            source.c.line,
            told.c.outcome,
            told.c.severity,
            told.c.holds,
            sa.literal(now, sa.TIMESTAMP(timezone=True)),
        )
        .join_from(source, told, source.c.bits.op("&")(told.c.bit) != 0)
        .where(source.c.bits != 0, is_usable(record, source))
    )
    if known:
        # Rows that stood already keep the findings that they have.
        select = select.where(
            source.c.line.in_(sa.select(table.c.line).where(table.c.receipt == receipt))
        )
    return rows_changed(connection, sa.insert(FINDING).from_select(_FINDING_COLUMNS, select))


def _told(record: Record) -> sa.Values:
    """What each rule that opens a finding says of it, by the bit that stands for its breach."""
    return sa.values(
        sa.column("bit", sa.BigInteger),
        sa.column("rule", sa.Text),
        sa.column("rule_version", sa.Integer),
        sa.column("outcome", sa.Text),
        sa.column("severity", sa.Text),
        sa.column("holds", sa.Text),
        name="told",
    ).data(
        [
            (bit_of(record, r), r.id, r.version, r.outcome.value, r.severity.value, r.holds.value)
            for r in record.rules
            if r.outcome is not Outcome.REFUSE
        ]
    )


_FINDING_COLUMNS = [
    "rule",
    "rule_version",
    "record",
    "key",
    "content",
    "receipt",
    "line",
    "outcome",
    "severity",
    "holds",
    "opened_at",
]


def open_contested(connection: sa.Connection, record: Record, receipt: int, now: datetime) -> int:
    """Open a finding for each key that became contested; it stays open until a person decides."""
    table = accepted(record)
    touched = (
        sa.select(key_of(record, table).label("key"), sa.func.min(table.c.line).label("line"))
        .where(table.c.receipt == receipt, table.c.version > 1)
        .group_by(*(table.c[c] for c in record.key))
        .subquery()
    )
    select = sa.select(
        text(CONTESTED_RULE),
        sa.literal_column("1"),
        text(record.name),
        touched.c.key,
        # A contest is of a key, not of one content: so each key has one finding, however many
        # versions come.
        sa.cast(text(""), pg.BYTEA),
        sa.literal_column(str(receipt)),
        touched.c.line,
        text("finding"),
        text("critical"),
        text(record.holds.value),
        sa.literal(now, sa.TIMESTAMP(timezone=True)),
    ).join(CONTESTED, sa.and_(CONTESTED.c.record == record.name, CONTESTED.c.key == touched.c.key))
    insert = pg.insert(FINDING).from_select(_FINDING_COLUMNS, select).on_conflict_do_nothing()
    return rows_changed(connection, insert)
