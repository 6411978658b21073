"""Rules across records: one statement a rule over the subjects in scope; what it answers is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lots.records import records
from lots.rules import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    OUTCOMES,
    PASS,
    PENDING,
    CrossRecordRule,
)
from lots.store.difference import Changed, replace
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.queries import query
from lots.store.rules.findings import (
    explained,
    in_scope,
    is_retracted,
    opened,
    rank,
    reopened,
    reopened_anew,
    subject_key,
    verdict_rows,
)
from lots.store.schema.tables import EVALUATED, EVALUATION, OUTCOME


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
    changed: Changed


def not_evaluated(connection: sa.Connection) -> list[tuple[int, int, str]]:
    """Ledger entries to which no rule across records was put: (entry, receipt, record name or '')."""
    return [(e, r, n) for e, r, n in connection.execute(query("entries_not_evaluated"))]


def done(connection: sa.Connection, entries: Sequence[int], now: datetime) -> None:
    """Note that rules have been put to these entries."""
    connection.execute(sa.insert(EVALUATED), [{"entry": e, "evaluated_at": now} for e in entries])


def evaluate(
    connection: sa.Connection, rule: CrossRecordRule, now: datetime, *, everything: bool
) -> Evaluated:
    """Put one rule to its subjects in scope, and keep what it answers. everything: all of them are
    in scope.
    """
    # In a table of its own: counting, keeping, opening and explaining each read the same answer.
    run(connection, verdict_statement(rule))
    rows = verdict_rows(rule)
    # Of a subject of which nothing stands a rule may still find what others tell.
    connection.execute(sa.delete(rows).where(is_retracted(rule, subject_key(rule, rows))))
    changed = _kept(connection, rule, everything=everything)
    counted = _counted(connection, rule, changed)
    for statement in (
        opened(rule, now),
        reopened(rule, now),
        reopened_anew(rule, now),
        *([] if rule.lasting else [explained(rule, everything, now)]),
    ):
        connection.execute(statement)
    connection.execute(
        # Also where nothing changed: that a rule was put, and how often it passed, is evidence.
        sa.insert(EVALUATION).values(
            at=now,
            rule=rule.id,
            rule_version=rule.version,
            subjects=counted.subjects,
            passed=counted.passed,
            not_applicable=counted.not_applicable,
            pending=counted.pending,
            notices=counted.notices,
            findings=counted.findings,
        )
    )
    run(connection, "DROP TABLE verdict")
    return counted


def verdict_statement(rule: CrossRecordRule) -> str:
    """The statement that makes the table verdict: one row a subject, the worst outcome counts."""
    keys = ", ".join(rule.key)
    # Outcomes are compared as numbers: of several the worst is the greatest.
    ranks = " ".join(f"WHEN '{outcome}' THEN {n}" for n, outcome in enumerate(OUTCOMES))
    due = "min(due_on) FILTER (WHERE outcome = 'pending')" if rule.due else "NULL::date"
    waits = "min(waits_for) FILTER (WHERE outcome = 'pending')" if rule.waits else "NULL::text"
    asked = query(rule.question, f"rules/{rule.family}").text
    rests = (
        "string_agg(DISTINCT rests_on, ' ' ORDER BY rests_on) FILTER (WHERE outcome = 'finding')"
        if rule.rests
        else "NULL::text"
    )
    return (
        f"CREATE TEMP TABLE verdict ON COMMIT DROP AS\nSELECT {keys}, rank, due_on, waits_for,"
        f" {_stood_on(rule)} AS rests_on\nFROM (\nSELECT {keys}, max(CASE outcome {ranks} END)"
        f" AS rank, {due} AS due_on, {waits} AS waits_for, {rests} AS rests_on\nFROM (\n{asked})"
        f" AS asked\nGROUP BY {keys}\n) AS told"
    )


def _stood_on(rule: CrossRecordRule) -> str:
    """A digest of what a finding rests on: what its rule tells, and the subject's own versions; of
    a term, its last day.
    """
    same = " AND ".join(f"own.{c} = told.{c}" for c in rule.key)
    # A node and a course are of several records: what they rest on their rules tell alone.
    own = (
        f"(SELECT string_agg(DISTINCT encode(own.content, 'hex'), ' ' ORDER BY encode(own.content,"
        f" 'hex')) FROM standing.{rule.subject} AS own WHERE {same})"
        if rule.subject in records()
        else "NULL"
    )
    # By contents alone: numbers of receipts and nodes are of the order of arrival.
    whole = f"convert_to(jsonb_build_array({own}, rests_on)::text, 'UTF8')"
    return (
        f"CASE rank WHEN {OUTCOMES.index(FINDING)} THEN encode(sha256({whole}), 'hex')"
        f" WHEN {OUTCOMES.index(PENDING)} THEN due_on::text END"
    )


def _counted(connection: sa.Connection, rule: CrossRecordRule, changed: Changed) -> Evaluated:
    rows = verdict_rows(rule)
    counts = [
        sa.func.count().filter(rows.c.rank == rank(o))
        for o in (PASS, NOT_APPLICABLE, PENDING, NOTICE, FINDING)
    ]
    told: Sequence[int] = connection.execute(
        sa.select(sa.func.count(), *counts).select_from(rows)
    ).one()
    subjects, passed, not_applicable, pending, notices, findings = told
    return Evaluated(rule.id, subjects, passed, not_applicable, pending, notices, findings, changed)


def _kept(connection: sa.Connection, rule: CrossRecordRule, *, everything: bool) -> Changed:
    """Keep what the rule answers of the subjects in scope, where it is not what is kept already."""
    rows = verdict_rows(rule)
    word = sa.case(*((rows.c.rank == rank(o), text(o)) for o in (PENDING, NOTICE, FINDING)))
    due, waits = (
        sa.case((rows.c.rank == rank(PENDING), c)) for c in (rows.c.due_on, rows.c.waits_for)
    )
    select = sa.select(
        text(rule.id).label("rule"),
        subject_key(rule, rows).label("subject"),
        sa.literal_column(str(rule.version)).label("rule_version"),
        word.label("outcome"),
        due.label("due_on"),
        waits.label("waits_for"),
        rows.c.rests_on,
        # Passes are not kept: fifty rules on a million donations would be as many rows that say
        # nothing.
    ).where(rows.c.rank >= rank(NOTICE))
    run(connection, f"CREATE TEMP TABLE outcome_new ON COMMIT DROP AS {sql(select)}")
    mine = sa.and_(OUTCOME.c.rule == text(rule.id), in_scope(rule, everything, OUTCOME.c.subject))
    kept = sa.select(sa.literal_column("ctid"), *OUTCOME.columns).where(mine)
    return replace(connection, OUTCOME, "outcome_new", sql(kept))


def stored(connection: sa.Connection, rule: CrossRecordRule, *, everything: bool) -> list[str]:
    """The outcomes that are kept of the subjects in scope, as they now stand in the table."""
    select = sa.select(OUTCOME.c.outcome).where(
        OUTCOME.c.rule == rule.id, in_scope(rule, everything, OUTCOME.c.subject)
    )
    return list(connection.execute(select).scalars())
