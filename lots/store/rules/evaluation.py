"""Rules across records: one statement a rule over the subjects in scope; what it answers is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.rules import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    OUTCOMES,
    PASS,
    PENDING,
    CrossRecordRule,
    rules,
)
from lots.store.intake.reading import text
from lots.store.intake.staging import run
from lots.store.queries import query
from lots.store.schema.tables import EVENT, JUDGING, OUTCOME, WEIGHED
from lots.store.schema.tables import FINDING as FINDINGS

BY = "rules"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How often a rule had each outcome among the subjects in scope."""

    rule: str
    subjects: int
    passed: int
    not_applicable: int
    pending: int
    notices: int
    findings: int


def not_evaluated(connection: sa.Connection) -> list[tuple[int, int, str]]:
    """Ledger entries to which no rule across records was put: (entry, receipt, record name or '')."""
    return [(e, r, n) for e, r, n in connection.execute(query("entries_not_evaluated"))]


def done(connection: sa.Connection, entries: Sequence[int], now: datetime) -> None:
    """Note that rules have been put to these entries."""
    connection.execute(sa.insert(WEIGHED), [{"entry": e, "weighed_at": now} for e in entries])


def evaluate(
    connection: sa.Connection, rule: CrossRecordRule, now: datetime, *, everything: bool
) -> Evaluated:
    """Put one rule to its subjects in scope, and keep what it answers. everything: all of them are
    in scope.
    """
    run(connection, _verdict(rule))
    weighed = _counted(connection, rule)
    for statement in (
        _forget(rule, everything),
        _keep(rule),
        _open(rule, now),
        _reopen(rule, now),
        *([] if rule.lasting else [_explain(rule, everything, now)]),
    ):
        connection.execute(statement)
    connection.execute(
        sa.insert(JUDGING).values(
            at=now,
            rule=rule.id,
            rule_version=rule.version,
            subjects=weighed.subjects,
            passed=weighed.passed,
            not_applicable=weighed.not_applicable,
            pending=weighed.pending,
            notices=weighed.notices,
            findings=weighed.findings,
        )
    )
    run(connection, "DROP TABLE verdict")
    return weighed


def _verdict(rule: CrossRecordRule) -> str:
    """The statement that makes the table verdict: one row a subject, the worst outcome counts."""
    keys = ", ".join(rule.key)
    ranks = " ".join(f"WHEN '{outcome}' THEN {n}" for n, outcome in enumerate(OUTCOMES))
    due = "min(due_on) FILTER (WHERE outcome = 'pending')" if rule.due else "NULL::date"
    waits = "min(waits_for) FILTER (WHERE outcome = 'pending')" if rule.waits else "NULL::text"
    asked = query(rule.question, "rules").text
    return (
        f"CREATE TEMP TABLE verdict ON COMMIT DROP AS\nSELECT {keys}, max(CASE outcome {ranks} END)"
        f" AS rank, {due} AS due_on, {waits} AS waits_for\nFROM (\n{asked}) AS asked\nGROUP BY"
        f" {keys}"
    )


def _rows(rule: CrossRecordRule) -> sa.TableClause:
    return sa.table(
        "verdict",
        *(sa.column(c) for c in rule.key),
        sa.column("rank", sa.Integer),
        sa.column("due_on", sa.Date),
        sa.column("waits_for", sa.Text),
    )


def _subject(rule: CrossRecordRule, table: sa.FromClause) -> sa.ColumnElement[Any]:
    return sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in rule.key))


def _rank(outcome: str) -> sa.ColumnElement[Any]:
    return sa.literal_column(str(OUTCOMES.index(outcome)), sa.Integer)


def _counted(connection: sa.Connection, rule: CrossRecordRule) -> Evaluated:
    rows = _rows(rule)
    counts = [
        sa.func.count().filter(rows.c.rank == _rank(o))
        for o in (PASS, NOT_APPLICABLE, PENDING, NOTICE, FINDING)
    ]
    told: Sequence[int] = connection.execute(
        sa.select(sa.func.count(), *counts).select_from(rows)
    ).one()
    return Evaluated(rule.id, *told)


def _in_scope(rule: CrossRecordRule, everything: bool, subject: Any) -> sa.ColumnElement[bool]:
    if everything:
        return sa.true()
    scope = sa.table(f"scope_{rule.scope}", *(sa.column(c) for c in rule.key))
    mine: sa.ColumnElement[bool] = sa.exists().where(
        *(
            subject.op("->>")(sa.literal_column(str(n))) == sa.cast(scope.c[c], sa.Text)
            for n, c in enumerate(rule.key)
        )
    )
    return mine


def _forget(rule: CrossRecordRule, everything: bool) -> sa.Delete:
    return sa.delete(OUTCOME).where(
        OUTCOME.c.rule == rule.id, _in_scope(rule, everything, OUTCOME.c.subject)
    )


def _keep(rule: CrossRecordRule) -> sa.Insert:
    rows = _rows(rule)
    word = sa.case(*((rows.c.rank == _rank(o), text(o)) for o in (PENDING, NOTICE, FINDING)))
    due, waits = (
        sa.case((rows.c.rank == _rank(PENDING), c)) for c in (rows.c.due_on, rows.c.waits_for)
    )
    select = sa.select(
        text(rule.id), _subject(rule, rows), sa.literal_column(str(rule.version)), word, due, waits
    ).where(rows.c.rank >= _rank(NOTICE))
    return sa.insert(OUTCOME).from_select(
        ["rule", "subject", "rule_version", "outcome", "due_on", "waits_for"], select
    )


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


def _open(rule: CrossRecordRule, now: datetime) -> sa.Insert:
    rows = _rows(rule)
    select = sa.select(
        text(rule.id),
        sa.literal_column(str(rule.version)),
        text(rule.subject),
        _subject(rule, rows),
        sa.cast(text(""), pg.BYTEA),
        text(FINDING),
        text(rule.severity.value),
        text(rule.holds.value),
        sa.literal(now),
    ).where(rows.c.rank == _rank(FINDING))
    return pg.insert(FINDINGS).from_select(_FINDING_COLUMNS, select).on_conflict_do_nothing()


def _last_event() -> sa.ScalarSelect[Any]:
    return (
        sa.select(EVENT.c.kind)
        .where(EVENT.c.finding == FINDINGS.c.finding)
        .order_by(EVENT.c.event.desc())
        .limit(1)
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


def _told(rule: CrossRecordRule) -> sa.ColumnElement[bool]:
    rows = _rows(rule)
    told: sa.ColumnElement[bool] = sa.exists().where(
        rows.c.rank == _rank(FINDING), _subject(rule, rows) == FINDINGS.c.key
    )
    return told


def _still_told(rule: CrossRecordRule) -> sa.ColumnElement[bool]:
    """A pending outcome explains nothing: a finding that a passed term opened stays until the
    record is there.
    """
    rows = _rows(rule)
    told: sa.ColumnElement[bool] = sa.exists().where(
        rows.c.rank >= _rank(PENDING), _subject(rule, rows) == FINDINGS.c.key
    )
    return told


def _reopen(rule: CrossRecordRule, now: datetime) -> sa.Insert:
    return _event(
        rule,
        now,
        "reopened",
        "what is known tells it again",
        _told(rule),
        _last_event() == "explained",
    )


def _explain(rule: CrossRecordRule, everything: bool, now: datetime) -> sa.Insert:
    still = sa.or_(_last_event().is_(None), _last_event() == "reopened")
    return _event(
        rule,
        now,
        "explained",
        "what is known now tells it no more",
        _in_scope(rule, everything, FINDINGS.c.key),
        ~_still_told(rule),
        still,
    )


def stored(connection: sa.Connection, rule: CrossRecordRule, *, everything: bool) -> list[str]:
    """The outcomes that are kept of the subjects in scope, as they now stand in the table."""
    select = sa.select(OUTCOME.c.outcome).where(
        OUTCOME.c.rule == rule.id, _in_scope(rule, everything, OUTCOME.c.subject)
    )
    return list(connection.execute(select).scalars())


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
    opened = connection.execute(insert, execution_options={"preserve_rowcount": True}).rowcount
    same = sa.and_(OUTCOME.c.rule == FINDINGS.c.rule, OUTCOME.c.subject == FINDINGS.c.key)
    said = (text("reopened"), sa.literal(now), text(BY), text("its term has passed"))
    again = (
        sa.select(FINDINGS.c.finding, *said)
        .join(OUTCOME, same)
        .where(late, FINDINGS.c.receipt.is_(None), _last_event() == "explained")
    )
    connection.execute(
        sa.insert(EVENT).from_select(["finding", "kind", "at", "by", "reason"], again)
    )
    return opened
