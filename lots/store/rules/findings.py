"""Findings of rules across records: opened, explained, opened again, and overdue ones."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.rules import (
    FINDING,
    OUTCOMES,
    PENDING,
    CrossRecordRule,
    rules,
)
from lots.store.intake.values import text
from lots.store.schema.tables import EVENT, OUTCOME, RETRACTED
from lots.store.schema.tables import FINDING as FINDINGS

BY = "rules"


def verdict_rows(rule: CrossRecordRule) -> sa.TableClause:
    return sa.table(
        "verdict",
        *(sa.column(c) for c in rule.key),
        sa.column("rank", sa.Integer),
        sa.column("due_on", sa.Date),
        sa.column("waits_for", sa.Text),
        sa.column("rests_on", sa.Text),
    )


def subject_key(rule: CrossRecordRule, table: sa.FromClause) -> sa.ColumnElement[Any]:
    return sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in rule.key))


def is_retracted(rule: CrossRecordRule, key: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether nothing stands of a subject: then its findings stay as they were (docs/versions.md)."""
    gone: sa.ColumnElement[bool] = sa.exists().where(
        RETRACTED.c.record == rule.subject, RETRACTED.c.key == key
    )
    return gone


def rank(outcome: str) -> sa.ColumnElement[Any]:
    return sa.literal_column(str(OUTCOMES.index(outcome)), sa.Integer)


def in_scope(rule: CrossRecordRule, everything: bool, subject: Any) -> sa.ColumnElement[bool]:
    if everything:
        return sa.true()
    scope = sa.table(f"scope_{rule.scope}", *(sa.column(c) for c in rule.key))
    mine: sa.ColumnElement[bool] = sa.exists().where(
        *(
            # Part by part: so the planner can join by them, where a built array would be compared
            # with each.
            subject.op("->>")(sa.literal_column(str(n))) == sa.cast(scope.c[c], sa.Text)
            for n, c in enumerate(rule.key)
        )
    )
    return mine


# Without receipt and line: a rule across records has no row of its own.
_FINDING_COLUMNS = [
    "rule",
    "rule_version",
    "record",
    "key",
    "content",
    "outcome",
    "severity",
    "holds",
    "opened_at",
]


def opened(rule: CrossRecordRule, now: datetime) -> sa.Insert:
    rows = verdict_rows(rule)
    select = sa.select(
        text(rule.id),
        sa.literal_column(str(rule.version)),
        text(rule.subject),
        subject_key(rule, rows),
        sa.cast(text(""), pg.BYTEA),
        text(FINDING),
        text(rule.severity.value),
        text(rule.holds.value),
        sa.literal(now),
    ).where(rows.c.rank == rank(FINDING))
    # One for each rule and subject, for ever: what happened to it since stands in its events.
    return pg.insert(FINDINGS).from_select(_FINDING_COLUMNS, select).on_conflict_do_nothing()


def _last_event(column: sa.ColumnElement[Any] = EVENT.c.kind) -> sa.ScalarSelect[Any]:
    return (
        sa.select(column)
        .where(EVENT.c.finding == FINDINGS.c.finding)
        .order_by(EVENT.c.event.desc())
        .limit(1)
        # Said, since within another subquery a finding would be any finding.
        .correlate(FINDINGS)
        .scalar_subquery()
    )


def _event(
    rule: CrossRecordRule, now: datetime, kind: str, reason: str, *why: sa.ColumnElement[bool]
) -> sa.Insert:
    select = sa.select(
        FINDINGS.c.finding, text(kind), sa.literal(now), text(BY), text(reason)
    ).where(
        FINDINGS.c.rule == rule.id,
        FINDINGS.c.record == rule.subject,
        FINDINGS.c.receipt.is_(None),
        *why,
    )
    return sa.insert(EVENT).from_select(["finding", "kind", "at", "by", "reason"], select)


# Asked once more where a finding was explained: what is known may tell it again.
def _told(rule: CrossRecordRule) -> sa.ColumnElement[bool]:
    rows = verdict_rows(rule)
    told: sa.ColumnElement[bool] = sa.exists().where(
        rows.c.rank == rank(FINDING), subject_key(rule, rows) == FINDINGS.c.key
    )
    return told


def _still_told(rule: CrossRecordRule) -> sa.ColumnElement[bool]:
    """A pending outcome explains nothing: a finding that a passed term opened stays until the
    record is there.
    """
    rows = verdict_rows(rule)
    told: sa.ColumnElement[bool] = sa.exists().where(
        rows.c.rank >= rank(PENDING), subject_key(rule, rows) == FINDINGS.c.key
    )
    return told


def reopened(rule: CrossRecordRule, now: datetime) -> sa.Insert:
    return _event(
        rule,
        now,
        "reopened",
        "what is known tells it again",
        _told(rule),
        _last_event() == "explained",
    )


def reopened_anew(rule: CrossRecordRule, now: datetime) -> sa.Insert:
    """Open again what a person closed, where it stands on something else than it did then."""
    rows = verdict_rows(rule)
    otherwise = sa.exists().where(
        rows.c.rank == rank(FINDING),
        subject_key(rule, rows) == FINDINGS.c.key,
        rows.c.rests_on.is_distinct_from(_last_event(EVENT.c.rests_on)),
    )
    reason = "it rests on something else than when it was closed"
    return _event(rule, now, "reopened", reason, _last_event() == "closed", otherwise)


def explained(rule: CrossRecordRule, everything: bool, now: datetime) -> sa.Insert:
    # What a person closed is closed, though what is known tells it no more.
    still = sa.or_(_last_event().is_(None), _last_event() == "reopened")
    return _event(
        rule,
        now,
        "explained",
        "what is known now tells it no more",
        in_scope(rule, everything, FINDINGS.c.key),
        ~_still_told(rule),
        ~is_retracted(rule, FINDINGS.c.key),
        still,
    )


def open_overdue(connection: sa.Connection, now: datetime) -> int:
    """Open a finding for each pending outcome whose term has passed, again where it was explained;
    how many.
    """
    told = sa.values(
        sa.column("rule", sa.Text),
        sa.column("record", sa.Text),
        sa.column("severity", sa.Text),
        sa.column("holds", sa.Text),
        name="told",
    ).data([(r.id, r.subject, r.severity.value, r.holds.value) for r in rules().values() if r.due])
    late = sa.and_(OUTCOME.c.outcome == PENDING, OUTCOME.c.due_on < now.date())
    select = (
        sa.select(
            OUTCOME.c.rule,
            OUTCOME.c.rule_version,
            told.c.record,
            OUTCOME.c.subject,
            sa.cast(text(""), pg.BYTEA),
            text(FINDING),
            told.c.severity,
            told.c.holds,
            sa.literal(now),
        )
        .join(told, told.c.rule == OUTCOME.c.rule)
        .where(late)
    )
    insert = pg.insert(FINDINGS).from_select(_FINDING_COLUMNS, select).on_conflict_do_nothing()
    found = connection.execute(insert, execution_options={"preserve_rowcount": True}).rowcount
    connection.execute(_overdue_again(late, now))
    return found


def _overdue_again(late: sa.ColumnElement[bool], now: datetime) -> sa.Insert:
    """Open again what was explained or closed before its term, or another one, passed."""
    same = sa.and_(OUTCOME.c.rule == FINDINGS.c.rule, OUTCOME.c.subject == FINDINGS.c.key)
    # A person closed another term, or what was found before.
    anew = sa.and_(
        _last_event() == "closed",
        OUTCOME.c.rests_on.is_distinct_from(_last_event(EVENT.c.rests_on)),
    )
    said = (text("reopened"), sa.literal(now), text(BY), text("its term has passed"))
    again = (
        sa.select(FINDINGS.c.finding, *said)
        .join(OUTCOME, same)
        .where(late, FINDINGS.c.receipt.is_(None), sa.or_(_last_event() == "explained", anew))
    )
    return sa.insert(EVENT).from_select(["finding", "kind", "at", "by", "reason"], again)
