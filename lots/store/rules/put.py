"""Which rules are put to which subjects, as tables: what follows from their answers is then written
for all of them by one statement each.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from lots.rules import SUBJECTS, CrossRecordRule
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.schema.tables import OUTCOME

# What the rules answer now, of all that is kept of an answer.
NEW = sa.table("outcome_new", *(sa.column(c.name, c.type) for c in OUTCOME.columns))
PUT = sa.table(
    "rule_put",
    sa.column("rule", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("record", sa.Text),
    sa.column("scope", sa.Text),
    sa.column("severity", sa.Text),
    sa.column("holds", sa.Text),
    sa.column("lasting", sa.Boolean),
)
SCOPED = sa.table(
    "subject_in_scope", sa.column("scope", sa.Text), sa.column("subject", OUTCOME.c.subject.type)
)


def subject_key(key: Sequence[str], table: sa.FromClause) -> sa.ColumnElement[Any]:
    """A subject as it is kept: the parts of its key, as texts."""
    return sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in key))


def bring_subjects(connection: sa.Connection, rules: Sequence[CrossRecordRule]) -> None:
    """Make the table of the subjects in scope, by the scopes of these rules."""
    # As they are kept, and not part by part: so they are looked up by the index on what is kept.
    scopes = dict.fromkeys((rule.scope, rule.subject) for rule in rules)
    each = " UNION ALL ".join(_subjects(*scope) for scope in scopes)
    run(connection, f"CREATE TEMP TABLE {SCOPED.name} ON COMMIT DROP AS {each}")
    run(connection, f"ANALYZE {SCOPED.name}")


@cache
def _subjects(scope: str, subject: str) -> str:
    table = sa.table(f"scope_{scope}", *(sa.column(c) for c in SUBJECTS[subject]))
    return sql(
        sa.select(
            text(scope).label("scope"), subject_key(SUBJECTS[subject], table).label("subject")
        )
    )


def bring_rules(connection: sa.Connection, rules: Sequence[CrossRecordRule]) -> None:
    """Make the table of these rules, in the place of others."""
    # One evaluation may put several parts of the rules, one after another.
    run(connection, f"DROP TABLE IF EXISTS {PUT.name}")
    rows = ", ".join(map(_row, rules))
    names = ", ".join(column.name for column in PUT.columns)
    run(
        connection,
        f"CREATE TEMP TABLE {PUT.name} ON COMMIT DROP AS SELECT * FROM (VALUES {rows}) AS put ({names})",
    )
    run(connection, f"ANALYZE {PUT.name}")


@cache
def _row(rule: CrossRecordRule) -> str:
    said = (rule.subject, rule.scope, rule.severity.value, rule.holds.value)
    texts = ", ".join(str(text(each)) for each in said)
    return f"({text(rule.id)}, {rule.version}, {texts}, {rule.lasting})"


def in_scope(subject: sa.ColumnElement[Any], *, everything: bool) -> sa.ColumnElement[bool]:
    """Whether a subject of a rule that is put is in scope."""
    mine: sa.ColumnElement[bool] = sa.exists().where(
        SCOPED.c.scope == PUT.c.scope, SCOPED.c.subject == subject
    )
    return sa.true() if everything else mine


def kept(*columns: sa.ColumnElement[Any], everything: bool) -> sa.Select[Any]:
    """What is kept of the answers of these rules about the subjects in scope."""
    return (
        sa.select(*columns)
        .join_from(OUTCOME, PUT, PUT.c.rule == OUTCOME.c.rule)
        .where(in_scope(OUTCOME.c.subject, everything=everything))
    )
