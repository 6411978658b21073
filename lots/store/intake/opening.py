"""Findings opened by what was accepted: one for each rule that a row broke, one for each key that
is contested.
"""

import json
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Rule
from lots.grammar.schema import CORRECTION, Outcome, Record, columns_of
from lots.store.intake.accepting import is_retraction, key_of
from lots.store.intake.staging import ANY, of_receipt, run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import bit_of, sql, usable, verdicts
from lots.store.queries import query
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import FINDING

CONTESTED_RULE = "contested"
OPENED_AT = "any_moment"  # stands for the moment of acceptance in statements that are made once


def open_findings(
    connection: sa.Connection, record: Record, receipt: int, now: datetime, *, known: int
) -> int:
    """Open what the accepted rows tell: one finding for each rule that a row broke. Rows already
    known open none; a retraction only those on its key and on its being a correction.
    """
    statement = of_receipt(_open(record, known=known > 0), receipt)
    return run(connection, statement.replace(OPENED_AT, now.isoformat())).rowcount


@cache
def _open(record: Record, *, known: bool) -> str:
    told, table, source = _told(record), accepted(record), verdicts(record, ANY)
    select = (
        sa.select(
            told.c.rule,
            told.c.rule_version,
            text(record.name),
            key_of(record, source),
            source.c.content,
            sa.literal_column(ANY),
            source.c.line,
            told.c.outcome,
            told.c.severity,
            told.c.holds,
            sa.literal_column(f"timestamptz '{OPENED_AT}'"),
        )
        # One pass: a bit that is set is a row here, whatever many rules a record has.
        .join_from(source, told, source.c.bits.op("&")(told.c.bit) != 0)
        .where(
            # First of all: most rows break nothing.
            source.c.bits != 0,
            usable(record, source),
            sa.or_(told.c.of_any, sa.not_(is_retraction(source))),
        )
    )
    if known:
        # Rows that stood already keep the findings that they have.
        mine = sa.select(table.c.line).where(table.c.receipt == sa.literal_column(ANY))
        select = select.where(source.c.line.in_(mine))
    return sql(sa.insert(FINDING).from_select(_FINDING_COLUMNS, select))


def _told(record: Record) -> sa.TableValuedAlias:
    """What each rule that opens a finding says of it, by the bit that stands for its breach."""
    columns = (
        sa.column("bit", sa.BigInteger),
        sa.column("rule", sa.Text),
        sa.column("rule_version", sa.Integer),
        sa.column("outcome", sa.Text),
        sa.column("severity", sa.Text),
        sa.column("holds", sa.Text),
        sa.column("of_any", sa.Boolean),
    )
    told = sa.func.jsonb_to_recordset(sa.cast(text(_rules(record)), pg.JSONB))
    return told.table_valued(*columns).render_derived(name="told", with_types=True)


def _rules(record: Record) -> str:
    """The rules that open a finding, as JSON."""
    told = [
        {
            "bit": bit_of(record, r),
            "rule": r.id,
            "rule_version": r.version,
            "outcome": r.outcome.value,
            "severity": r.severity.value,
            "holds": r.holds.value,
            "of_any": _of_any(record, r),
        }
        for r in record.rules
        if r.outcome is not Outcome.REFUSE
    ]
    return json.dumps(told)


def _of_any(record: Record, rule: Rule) -> bool:
    """Whether a rule is put to retractions too: they tell no more than a key and a correction."""
    return {*columns_of(rule.constraint)} <= {*record.key, *(c.name for c in CORRECTION)}


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
    """Open a finding for each key that was found contested last; it stays open until a person
    decides. It is brought by a row of the receipt, where the key has one.
    """
    told = {
        "record": record.name,
        "rule": CONTESTED_RULE,
        "receipt": receipt,
        "holds": record.holds.value,
        "now": now,
    }
    return connection.execute(
        query("open_contested", "standing"), told, execution_options={"preserve_rowcount": True}
    ).rowcount
