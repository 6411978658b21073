"""Links that a row must tell and does not: open ends that wait for no row (docs/certificate.md)."""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from lots.grammar.column import Link
from lots.grammar.schema import Record
from lots.questions.ends import UNCOUNTED, UNSAID, Group, may_be_empty
from lots.records import record as record_of
from lots.store.difference import Changed, all_where, replace
from lots.store.intake.accepting import key_of
from lots.store.intake.breaches import in_scope, not_spared
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage.touched import Touched, Wanted, every
from lots.store.schema.lineage_tables import OPEN_END
from lots.store.schema.record_tables import standing

Sql = sa.ColumnElement[Any]


def link_untold(connection: sa.Connection, touched: Touched) -> Changed:
    """Keep what the touched rows do not tell and must."""
    among = touched.kept(OPEN_END, "sort = 'empty'")
    return _kept(connection, map(record_of, touched.receipts), touched.wanted, among)


def link_all_untold(connection: sa.Connection, of: Collection[Record]) -> Changed:
    """The same of all rows of some records, compared with all that is kept."""
    names = ", ".join(str(text(record.name)) for record in of)
    among = all_where(OPEN_END, f"record IN ({names}) AND sort = 'empty'" if names else "false")
    return _kept(connection, of, every, among)


def end(record: Sql, key: Sql, link: str, sort: str) -> sa.Select[Any]:
    """An open end as it is kept."""
    return sa.select(
        record.label("record"),
        key.label("key"),
        text(link).label("link"),
        text(sort).label("sort"),
    )


def in_reach(link: Link, rows: sa.FromClause) -> list[Sql]:
    """That a row is one that may tell something by a link."""
    found: list[Sql] = []
    if link.when:
        found.append(in_scope(link.when, {link.when.column: rows.c[link.when.column]}))
    if link.unless:
        found.append(not_spared(link.unless, rows))
    return found


def _kept(connection: sa.Connection, of: Iterable[Record], wanted: Wanted, among: str) -> Changed:
    """Keep what is not told of what is wanted of each record, in place of what is kept among these."""
    columns = "record, key, link, sort"
    run(
        connection,
        f"CREATE TEMP TABLE open_end_new ON COMMIT DROP AS SELECT {columns} FROM {OPEN_END.fullname} WHERE false",
    )
    for record in of:
        rows, groups = standing(record), may_be_empty(record)
        mine = wanted(record, rows)
        parts = [_untold(record, group, rows, mine) for group in groups]
        if record.line:
            uncounted = end(text(record.name), key_of(record, rows), UNCOUNTED, "empty")
            parts.append(uncounted.where(mine, sa.func.coalesce(rows.c[UNCOUNTED], 0) == 0))
        if record.name == UNSAID[0]:
            unsaid = end(text(record.name), key_of(record, rows), UNSAID[1], "empty")
            parts.append(unsaid.where(mine, rows.c[UNSAID[1]].is_(None)))
        if parts:
            # A union: several versions of a key that fail to tell one link are one end.
            found = sa.union(*parts)
            run(connection, f"INSERT INTO open_end_new ({columns}) {sql(found)}")
    return replace(connection, OPEN_END, "open_end_new", among)


def _untold(record: Record, group: Group, rows: sa.TableClause, wanted: Sql) -> sa.Select[Any]:
    # Any of a group tells it: where none does it is one end, under the first one's name.
    select = end(text(record.name), key_of(record, rows), group[0].name, "empty").where(wanted)
    if len(group) > 1:
        return select.where(*(~_told(link, rows) for link in group))
    (link,) = group
    empty = sa.or_(*(rows.c[c].is_(None) for c in (*link.columns, *link.needs)))
    return select.where(*in_reach(link, rows), empty)


def _told(link: Link, rows: sa.FromClause) -> Sql:
    there = sa.and_(*in_reach(link, rows), *(rows.c[c].is_not(None) for c in link.columns))
    # Where nobody can read what was tested, none of the links tells it.
    return sa.func.coalesce(there, sa.false())
