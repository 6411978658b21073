"""The rows at which one linking looks: those that came, and all versions of their keys where there
are several.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.store.among import among
from lots.store.difference import named_by, nothing_of
from lots.store.intake.accepting import key_of, same_key
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.schema.record_tables import accepted

Sql = sa.ColumnElement[Any]


Wanted = Callable[[Record, sa.FromClause], Sql]  # that a row of a record is looked at
KEYS = "versioned_key"  # of all records, as derived rows have them: record, key


def every(record: Record, rows: sa.FromClause) -> Sql:
    """That any row is looked at."""
    return sa.true()


@dataclass(frozen=True, slots=True)
class Touched:
    """Receipts by record, and the records of whose keys there are several versions: these keys
    stand in a temporary table each, and all together in one more.
    """

    receipts: Mapping[str, Sequence[int]]
    versioned: tuple[str, ...]

    def wanted(self, record: Record, rows: sa.FromClause) -> Sql:
        """That a row of a record is one of them."""
        mine = among(rows.c.receipt, self.receipts[record.name])
        if record.name not in self.versioned:
            return mine
        return sa.or_(mine, sa.exists().where(same_key(record, rows, _versioned(record))))

    def rows(self, record: Record) -> Iterator[tuple[sa.Table, sa.FromClause, Sql]]:
        """The rows, whether they stand or not; what they are selected from, and which of it."""
        if record.name not in self.receipts:
            return
        table, keys = accepted(record), _versioned(record)
        yield table, table, among(table.c.receipt, self.receipts[record.name])
        if record.name in self.versioned:
            # Apart from those that came, so that each is found by an index of its own.
            yield table, table.join(keys, same_key(record, table, keys)), sa.true()

    def kept(self, table: sa.Table, condition: str) -> str:
        """The rows of a derived table, by record and key, that may be kept no more: what stood of a key
        of which there are several versions.
        """
        if not self.versioned:
            return nothing_of(table)
        return named_by(table, KEYS, ("record", "key"), condition)

    def done(self, connection: sa.Connection) -> None:
        """Let the temporary tables go."""
        if self.versioned:
            run(connection, f"DROP TABLE {KEYS}, {', '.join(map(_table_name, self.versioned))}")


def touched(
    connection: sa.Connection, receipts: Mapping[str, Sequence[int]], *, again: bool
) -> Touched:
    """What these receipts touch. again: what stands of their keys may have changed, though they
    brought no further version.
    """
    versioned = tuple(receipts) if again else _with_versions(connection, receipts)
    for name in versioned:
        _gather(connection, name, receipts[name], again=again)
    if versioned:
        named = (
            sa.select(
                text(name).label("record"), key_of(record_of(name), _versioned(record_of(name)))
            )
            for name in versioned
        )
        keys = sql(sa.union_all(*named))
        run(connection, f"CREATE TEMP TABLE {KEYS} (record, key) ON COMMIT DROP AS {keys}")
    return Touched(receipts, versioned)


def _with_versions(
    connection: sa.Connection, receipts: Mapping[str, Sequence[int]]
) -> tuple[str, ...]:
    """The records of which these receipts brought a further version: mostly few, and asked at once."""
    asked = (
        sa.select(text(name).label("record")).where(
            sa.exists().where(among(table.c.receipt, numbers), table.c.version > 1)
        )
        for name, numbers in receipts.items()
        for table in (accepted(record_of(name)),)
    )
    return tuple(run(connection, sql(sa.union_all(*asked))).scalars())


def _gather(connection: sa.Connection, name: str, receipts: Sequence[int], *, again: bool) -> None:
    record, table = record_of(name), accepted(record_of(name))
    mine = among(table.c.receipt, receipts)
    keys = sa.select(*(table.c[c] for c in record.key)).where(
        mine if again else sa.and_(mine, table.c.version > 1)
    )
    run(
        connection,
        f"CREATE TEMP TABLE {_table_name(name)} ON COMMIT DROP AS {sql(keys.distinct())}",
    )
    run(connection, f"ANALYZE {_table_name(name)}")


def _versioned(record: Record) -> sa.TableClause:
    table = accepted(record)
    return sa.table(_table_name(record.name), *(sa.column(c, table.c[c].type) for c in record.key))


def _table_name(name: str) -> str:
    return f"versioned_{name}"
