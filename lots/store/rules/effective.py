"""Effective reference: which rows rules across records judge by, without anybody's word or by a
person's.
"""

from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Record
from lots.records import records
from lots.store.intake.values import text
from lots.store.schema.elements import INSTANT
from lots.store.schema.record_tables import standing
from lots.store.schema.tables import EFFECTIVE

BY = "rules"


def make_effective(
    connection: sa.Connection,
    now: datetime,
    *,
    by: str = BY,
    reason: str = "",
    waiting: bool = False,
) -> int:
    """Make reference rows effective: first ones of their scope and future ones; all that stand
    where `waiting`. How many.
    """
    return sum(
        _of_record(connection, r, now, by, reason, waiting)
        for r in records().values()
        if r.reference
    )


def _of_record(
    connection: sa.Connection, record: Record, now: datetime, by: str, reason: str, waiting: bool
) -> int:
    said = reason or "first of its scope, or not yet in force"
    return connection.execute(
        _newly_effective(record, waiting=waiting),
        {"effective_at": now, "effective_by": by, "said": said},
        execution_options={"preserve_rowcount": True},
    ).rowcount


@cache
def _newly_effective(record: Record, *, waiting: bool) -> pg.Insert:
    rows, receipt = (
        standing(record),
        sa.table("receipt", sa.column("receipt"), sa.column("received_at"), schema="receiving"),
    )
    scope = sa.func.jsonb_build_array(
        # What rows of different days are about: of these the latest that covers a day is in force.
        *(sa.cast(rows.c[c], sa.Text) for c in record.key if c != "valid_from")
    )
    mine = sa.exists().where(
        EFFECTIVE.c.record == record.name,
        EFFECTIVE.c.receipt == rows.c.receipt,
        EFFECTIVE.c.line == rows.c.line,
    )
    other = sa.exists().where(EFFECTIVE.c.record == record.name, EFFECTIVE.c.scope == scope)
    # By the day of its receipt, never by the clock: linked later, it is effective all the same.
    future = rows.c.valid_from > sa.cast(receipt.c.received_at, sa.Date)
    # Neither can change an answer that was given: before a scope's first row nothing was judged by
    # it.
    why = [] if waiting else [sa.or_(~other, future)]
    # One statement a record: a row is effective once, whatever is linked later.
    select = (
        sa.select(
            text(record.name),
            rows.c.receipt,
            rows.c.line,
            scope,
            sa.bindparam("effective_at", type_=INSTANT),
            sa.bindparam("effective_by", type_=sa.Text),
            sa.bindparam("said", type_=sa.Text),
        )
        .join(receipt, receipt.c.receipt == rows.c.receipt)
        .where(~mine, *why)
    )
    # The act is told by the table itself.
    names = [c.name for c in EFFECTIVE.columns if c.name != "act"]
    return pg.insert(EFFECTIVE).from_select(names, select)
