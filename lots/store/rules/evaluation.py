"""Rules across records: one statement a rule over the subjects in scope; what it answers is kept.

A file of a few rows has every rule put to it as a million are: so a rule of its own has only what
it asks, and what follows from the answers is written for many rules at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

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
from lots.store.rules import findings, put, scopes
from lots.store.schema.tables import EVALUATED, EVALUATION, OUTCOME, RETRACTED

# A rule that reads what others found waits until it is kept.
READS_OUTCOMES = "judged.outcome"


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
    """Ledger entries to which no rule across records was put: (entry, receipt,
    record name or '').
    """
    return [(e, r, n) for e, r, n in connection.execute(query("entries_not_evaluated"))]


def done(connection: sa.Connection, entries: Sequence[int], now: datetime) -> None:
    """Note that rules have been put to these entries."""
    connection.execute(sa.insert(EVALUATED), [{"entry": e, "evaluated_at": now} for e in entries])


def evaluate(
    connection: sa.Connection,
    rules: Sequence[CrossRecordRule],
    now: datetime,
    *,
    everything: bool,
) -> tuple[tuple[Evaluated, ...], Changed]:
    """Put rules to their subjects in scope, and keep what they answer; how many kept outcomes went
    and came. everything: all subjects are in scope.
    """
    counted: list[Evaluated] = []
    changed = Changed()
    if rules and not everything:
        put.bring_subjects(connection, rules)
    for together in _together(rules):
        put.bring_rules(connection, together)
        run(
            connection, f"CREATE TEMP TABLE {put.NEW.name} (LIKE {OUTCOME.fullname}) ON COMMIT DROP"
        )
        counted += [_answered(connection, rule) for rule in together]
        run(connection, f"ANALYZE {put.NEW.name}")
        # Before outcomes are replaced, which drops the table of what is answered now.
        for statement in findings.follow(now, everything=everything):
            connection.execute(statement)
        changed += replace(connection, OUTCOME, put.NEW.name, _among(everything))
    _note(connection, rules, counted, now)
    return tuple(counted), changed


def answers(
    connection: sa.Connection, rules: Sequence[CrossRecordRule]
) -> Mapping[tuple[str, str], str]:
    """What each outcome of every subject would rest on, by rule and subject, if rules were put now;
    nothing is kept of it.
    """
    # A savepoint that is rolled back takes all temporary tables with it.
    with connection.begin_nested() as tried:
        touched = scopes.gather(connection, None, ())
        run(
            connection, f"CREATE TEMP TABLE {put.NEW.name} (LIKE {OUTCOME.fullname}) ON COMMIT DROP"
        )
        for rule in (rule for rule in rules if rule.scope in touched):
            _answered(connection, rule)
        told = sa.select(put.NEW.c.rule, sa.cast(put.NEW.c.subject, sa.Text), put.NEW.c.rests_on)
        rests = connection.execute(told.where(put.NEW.c.rests_on.is_not(None)))
        found = {(rule, subject): rests_on for rule, subject, rests_on in rests}
        tried.rollback()
    return found


def _together(rules: Sequence[CrossRecordRule]) -> Iterator[list[CrossRecordRule]]:
    """Rules in their order, in as few parts as there can be: what one reads, others kept before."""
    part: list[CrossRecordRule] = []
    for rule in rules:
        if part and READS_OUTCOMES in _asked(rule):
            yield part
            part = []
        part.append(rule)
    if part:
        yield part


def _answered(connection: sa.Connection, rule: CrossRecordRule) -> Evaluated:
    """What a rule answers, beside what the others do; how often each."""
    # In a table of its own, since PostgreSQL lets several processes make one, and none write a row.
    run(connection, f"CREATE TEMP TABLE verdict ON COMMIT DROP AS\n{_standing_verdict(rule)}")
    counted: Sequence[int] = run(connection, _counted(rule)).one()
    run(connection, "DROP TABLE verdict")
    subjects, passed, not_applicable, pending, notices, found = counted
    return Evaluated(rule.id, subjects, passed, not_applicable, pending, notices, found)


@cache
def _among(everything: bool) -> str:
    ctid: sa.ColumnElement[str] = sa.literal_column(f"{OUTCOME.fullname}.ctid")
    return sql(put.kept(ctid, *OUTCOME.columns, everything=everything))


@cache
def _standing_verdict(rule: CrossRecordRule) -> str:
    """The rule's answer, of subjects of which anything stands: what others tell of a subject that
    was retracted, a rule may still find.
    """
    said = sa.table("said", *(sa.column(c) for c in rule.key))
    key = sql(put.subject_key(rule.key, said))
    return (
        f"SELECT * FROM (\n{verdict(rule)}\n) AS said\nWHERE NOT EXISTS (SELECT FROM"
        f" {RETRACTED.fullname} AS gone WHERE gone.record = '{rule.subject}' AND gone.key = {key})"
    )


@cache
def _counted(rule: CrossRecordRule) -> str:
    """The statement that puts what is kept of a rule's answer beside the others',
    and counts all.
    """
    columns = ", ".join(c.name for c in OUTCOME.columns)
    counts = ", ".join(
        f"count(*) FILTER (WHERE rank = {OUTCOMES.index(outcome)})"
        for outcome in (PASS, NOT_APPLICABLE, PENDING, NOTICE, FINDING)
    )
    return (
        f"WITH told AS (INSERT INTO {put.NEW.name} ({columns})\n{sql(_told(rule))})\n"
        f"SELECT count(*), {counts} FROM verdict"
    )


def _told(rule: CrossRecordRule) -> sa.Select[tuple[object, ...]]:
    rows = _verdict_rows(rule)
    word = sa.case(*((rows.c.rank == _rank(o), text(o)) for o in (PENDING, NOTICE, FINDING)))
    due, waits = (
        sa.case((rows.c.rank == _rank(PENDING), c)) for c in (rows.c.due_on, rows.c.waits_for)
    )
    return sa.select(
        text(rule.id),
        put.subject_key(rule.key, rows),
        sa.literal_column(str(rule.version)),
        word,
        due,
        waits,
        rows.c.rests_on,
        # Passes are not kept: fifty rules on a million donations would be as many rows that say
        # nothing.
    ).where(rows.c.rank >= _rank(NOTICE))


def _verdict_rows(rule: CrossRecordRule) -> sa.TableClause:
    return sa.table(
        "verdict",
        *(sa.column(c) for c in rule.key),
        sa.column("rank", sa.Integer),
        sa.column("due_on", sa.Date),
        sa.column("waits_for", sa.Text),
        sa.column("rests_on", sa.Text),
    )


def _rank(outcome: str) -> sa.ColumnElement[int]:
    return sa.literal_column(str(OUTCOMES.index(outcome)), sa.Integer)


def _note(
    connection: sa.Connection,
    rules: Sequence[CrossRecordRule],
    counted: Sequence[Evaluated],
    now: datetime,
) -> None:
    noted = [
        {
            "at": now,
            "rule": rule.id,
            "rule_version": rule.version,
            "subjects": each.subjects,
            "passed": each.passed,
            "not_applicable": each.not_applicable,
            "pending": each.pending,
            "notices": each.notices,
            "findings": each.findings,
        }
        for rule, each in zip(rules, counted, strict=True)
    ]
    # Also where nothing changed: that a rule was put, and how often it passed, is evidence.
    if noted:
        connection.execute(sa.insert(EVALUATION), noted)


@cache
def _asked(rule: CrossRecordRule) -> str:
    return query(rule.question, f"rules/{rule.family}").text


def verdict(rule: CrossRecordRule) -> str:
    """The statement that answers a rule: one row a subject, the worst outcome counts."""
    keys = ", ".join(rule.key)
    # Outcomes are compared as numbers: of several the worst is the greatest.
    ranks = " ".join(f"WHEN '{outcome}' THEN {n}" for n, outcome in enumerate(OUTCOMES))
    # The earliest term counts, whichever of several versions or rows has it.
    due = "min(due_on) FILTER (WHERE outcome = 'pending')" if rule.due else "NULL::date"
    waits = "min(waits_for) FILTER (WHERE outcome = 'pending')" if rule.waits else "NULL::text"
    rests = (
        "string_agg(DISTINCT rests_on, ' ' ORDER BY rests_on) FILTER (WHERE outcome = 'finding')"
        if rule.rests
        else "NULL::text"
    )
    return (
        f"SELECT {keys}, rank, due_on, waits_for, {_stood_on(rule)} AS rests_on\nFROM (\n"
        f"SELECT {keys}, max(CASE outcome {ranks} END) AS rank, {due} AS due_on,"
        f" {waits} AS waits_for, {rests} AS rests_on\nFROM (\n{_asked(rule)})"
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


def stored(
    connection: sa.Connection, rules: Sequence[CrossRecordRule], *, everything: bool
) -> Mapping[str, list[str]]:
    """The outcomes that are kept of the subjects in scope, as they now stand in the table,
    by rule.
    """
    found: dict[str, list[str]] = {rule.id: [] for rule in rules}
    if not rules:
        return found
    put.bring_rules(connection, rules)
    kept = put.kept(OUTCOME.c.rule, OUTCOME.c.outcome, everything=everything)
    for rule, outcome in connection.execute(kept):
        found[rule].append(outcome)
    return found
