"""Derived rows are replaced by difference: what is the same is not touched, so that it stays the
same physical row, keeps its number, and a rebuild that finds nothing writes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from lots.store.intake.staging import run


# What was equal is not touched: no row version, no index, no vacuum.
@dataclass(frozen=True, slots=True)
class Changed:
    """How many derived rows went and came."""

    removed: int = 0
    added: int = 0

    def __add__(self, other: "Changed") -> "Changed":
        return Changed(self.removed + other.removed, self.added + other.added)

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


def replace(connection: sa.Connection, table: sa.Table, computed: str, among: str) -> Changed:
    """Make a derived table's rows `among` these equal to a temporary table's, which is dropped.

    Two different rows of one key are an IntegrityError.
    """
    # Its size says whether to compare row by row or all at once.
    run(connection, f"ANALYZE {computed}")
    gone, come = changing(table, computed, among)
    removed = run(connection, gone).rowcount
    added = run(connection, come).rowcount
    run(connection, f"DROP TABLE {computed}")
    return Changed(removed, added)


def changing(table: sa.Table, computed: str, among: str) -> tuple[str, str]:
    """What deletes the rows that are no more, and what inserts those that are new."""
    names = ", ".join(_names(table))
    return (
        f"DELETE FROM {table.fullname} WHERE ctid = ANY (ARRAY(\n"
        f"    SELECT own.ctid FROM ({among}) AS own\n"
        f"    WHERE NOT EXISTS (SELECT FROM {computed} AS new WHERE {_same(table)})\n))",
        # What is there already is left out by all that it says, never by its key alone: two rows
        # that say different things under one key are an error of ours, and none may win unseen.
        f"INSERT INTO {table.fullname} ({names})\nSELECT DISTINCT {names} FROM {computed} AS new\n"
        f"WHERE NOT EXISTS (SELECT FROM {table.fullname} AS own WHERE {_same(table)})",
    )


def add(
    connection: sa.Connection,
    table: sa.Table,
    key: tuple[str, ...],
    sums: Iterable[str],
    changed: str,
) -> None:
    """Add to the sums of a derived table what changed, each change with its `sign`; a row of which
    nothing is left goes.
    """
    sums = tuple(sums)
    changes = {name: f"coalesce(sum(sign * {name}), 0)" for name in sums}
    of = ", ".join(key)
    run(
        connection,
        f"INSERT INTO {table.fullname} AS own ({of}, {', '.join(changes)})\n"
        # PostgreSQL's sum over bigint is numeric, which costs a sixth of counting vials when it is
        # summed again (docs/decisions/speed-of-questions.md).
        f"SELECT {of}, {', '.join(f'{change}::bigint' for change in changes.values())}\n"
        f"FROM {changed}\nGROUP BY {of}\n"
        # Equal rows are not touched (docs/decisions/lineage.md): what adds up to nothing writes
        # none.
        f"HAVING ({', '.join(changes.values())}) <> ({', '.join('0' for _ in changes)})\n"
        f"ON CONFLICT ({of}) DO UPDATE\n"
        f"SET {', '.join(f'{n} = own.{n} + excluded.{n}' for n in changes)}",
    )
    # By its index: few of many changed.
    run(
        connection,
        f"DELETE FROM {table.fullname} AS own USING (SELECT DISTINCT {of} FROM {changed}) AS changed\n"
        f"WHERE {' AND '.join(f'own.{c} = changed.{c}' for c in key)}\n"
        f"    AND {' AND '.join(f'own.{n} = 0' for n in sums)}",
    )


def all_where(table: sa.Table, condition: str = "true") -> str:
    """The rows of a table that are as said."""
    return f"SELECT ctid, {', '.join(_names(table))} FROM {table.fullname} WHERE {condition}"


def nothing_of(table: sa.Table) -> str:
    """No row of a table: what is computed is new, or there already."""
    return all_where(table, "false")


def named_by(table: sa.Table, source: str, key: tuple[str, ...], condition: str = "true") -> str:
    """The rows of a table that a temporary one names by these columns and that are as said, looked
    up one by one: a few of many.
    """
    on = " AND ".join(f"row.{c} = source.{c}" for c in key)
    # OFFSET 0 keeps the planner from making one join of it, which would read the whole table.
    rows = ", ".join(("ctid", *_names(table)))
    return (
        f"SELECT {', '.join(f'found.{c}' for c in rows.split(', '))}\n"
        f"FROM (SELECT DISTINCT {', '.join(key)} FROM {source}) AS source\n"
        f"CROSS JOIN LATERAL (\n    SELECT {rows} FROM {table.fullname} AS row\n"
        f"    WHERE {on} AND {condition}\n    OFFSET 0\n) AS found"
    )


def _names(table: sa.Table) -> list[str]:
    """The columns that are compared and written: a number that the database gives is neither."""
    return [column.name for column in table.columns if column.identity is None]


def _same(table: sa.Table) -> str:
    # Two empty values are the same here; where none can be empty = is used, which an index serves.
    columns = [column for column in table.columns if column.identity is None]
    return " AND ".join(
        f"own.{c.name} {'IS NOT DISTINCT FROM' if c.nullable else '='} new.{c.name}"
        for c in columns
    )
