"""Findings of rules across records: opened, explained, opened again, and overdue ones."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.rules import FINDING, PENDING, rules
from lots.store.intake.values import text
from lots.store.rules.put import NEW, PUT, in_scope
from lots.store.schema.tables import EVENT, OUTCOME, RETRACTED
from lots.store.schema.tables import FINDING as FINDINGS

BY = "rules"
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


def follow(now: datetime, *, everything: bool) -> Iterator[sa.Insert]:
    """The statements that write what becomes of findings by what rules that are put answer now."""
    yield _opened(now)
    yield _event(now, "reopened", "what is known tells it again", _told(), _last("explained"))
    yield _reopened_anew(now)
    yield _explained(now, everything)


def _opened(now: datetime) -> sa.Insert:
    select = (
        sa.select(
            NEW.c.rule,
            NEW.c.rule_version,
            PUT.c.record,
            NEW.c.subject,
            sa.cast(text(""), pg.BYTEA),
            NEW.c.outcome,
            PUT.c.severity,
            PUT.c.holds,
            sa.literal(now),
        )
        .join_from(NEW, PUT, PUT.c.rule == NEW.c.rule)
        .where(NEW.c.outcome == FINDING)
    )
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


def _last(kind: str) -> sa.ColumnElement[bool]:
    return _last_event() == kind


def _event(now: datetime, kind: str, reason: str, *why: sa.ColumnElement[bool]) -> sa.Insert:
    """An event of each finding of the rules that are put, where it is as said."""
    mine = sa.and_(FINDINGS.c.rule == PUT.c.rule, FINDINGS.c.record == PUT.c.record)
    select = (
        sa.select(FINDINGS.c.finding, text(kind), sa.literal(now), text(BY), text(reason))
        .join_from(FINDINGS, PUT, mine)
        .where(FINDINGS.c.receipt.is_(None), *why)
    )
    return sa.insert(EVENT).from_select(["finding", "kind", "at", "by", "reason"], select)


# Asked once more where a finding was explained: what is known may tell it again.
def _told(*why: sa.ColumnElement[bool], outcomes: tuple[str, ...] = (FINDING,)) -> sa.Exists:
    return sa.exists().where(
        NEW.c.rule == FINDINGS.c.rule,
        NEW.c.subject == FINDINGS.c.key,
        NEW.c.outcome.in_(outcomes),
        *why,
    )


def _reopened_anew(now: datetime) -> sa.Insert:
    """Open again what a person closed, where it stands on something else than it did then."""
    otherwise = _told(NEW.c.rests_on.is_distinct_from(_last_event(EVENT.c.rests_on)))
    reason = "it rests on something else than when it was closed"
    return _event(now, "reopened", reason, _last("closed"), otherwise)


def _explained(now: datetime, everything: bool) -> sa.Insert:
    retracted = sa.exists().where(
        RETRACTED.c.record == PUT.c.record, RETRACTED.c.key == FINDINGS.c.key
    )
    return _event(
        now,
        "explained",
        "what is known now tells it no more",
        ~PUT.c.lasting,
        in_scope(FINDINGS.c.key, everything=everything),
        # A pending outcome explains nothing: a finding that a passed term opened stays until the
        # record is there.
        ~_told(outcomes=(PENDING, FINDING)),
        # Where nothing stands of a subject its findings stay as they were (docs/versions.md).
        ~retracted,
        # What a person closed is closed, though what is known tells it no more.
        sa.or_(_last_event().is_(None), _last("reopened")),
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
    # A term's last day is its own: it has passed on the day after.
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
