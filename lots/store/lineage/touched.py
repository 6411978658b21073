"""The rows at which one linking looks: those that came, and all versions of their keys where there
are several.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.store.intake.accepting import key_of, same_key
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage.linking import of_receipts
from lots.store.schema.record_tables import accepted

Sql = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """Receipts by record, and the records of whose keys there are several versions: these keys
    stand in a temporary table each.
    """

    receipts: Mapping[str, Sequence[int]]
    versioned: frozenset[str]

    def has_versions(self, record: Record) -> bool:
        """Whether what stood of a key before may stand no more."""
        return record.name in self.versioned

    def wanted(self, record: Record, rows: sa.FromClause) -> Sql:
        """That a row of a record is one of them."""
        mine = of_receipts(rows, self.receipts[record.name])
        if not self.has_versions(record):
            return mine
        return sa.or_(mine, sa.exists().where(same_key(record, rows, _versioned(record))))

    def rows(self, record: Record) -> Iterator[tuple[sa.Table, sa.FromClause, Sql]]:
        """The rows, whether they stand or not; what they are selected from, and which of it."""
        if record.name not in self.receipts:
            return
        table, keys = accepted(record), _versioned(record)
        yield table, table, of_receipts(table, self.receipts[record.name])
        if self.has_versions(record):
            # Apart from those that came, so that each is found by an index of its own.
            yield table, table.join(keys, same_key(record, table, keys)), sa.true()

    def name_keys(self, connection: sa.Connection, record: Record, table_name: str) -> None:
        """Make a table of the keys of which there are several versions,
        as derived rows have them.
        """
        keys = _versioned(record)
        named = sa.select(text(record.name).label("record"), key_of(record, keys).label("key"))
        run(connection, f"CREATE TEMP TABLE {table_name} ON COMMIT DROP AS {sql(named)}")

    def done(self, connection: sa.Connection) -> None:
        """Let the temporary tables go."""
        for name in self.receipts:
            run(connection, f"DROP TABLE {_table_name(name)}")


def touched(
    connection: sa.Connection, receipts: Mapping[str, Sequence[int]], *, again: bool
) -> Touched:
    """What these receipts touch. again: what stands of their keys may have changed, though they
    brought no further version.
    """
    versioned = [name for name in receipts if _gather(connection, name, receipts[name], again)]
    return Touched(receipts, frozenset(versioned))


def _gather(connection: sa.Connection, name: str, receipts: Sequence[int], again: bool) -> bool:
    record, table = record_of(name), accepted(record_of(name))
    mine = of_receipts(table, receipts)
    keys = sa.select(*(table.c[c] for c in record.key)).where(
        mine if again else sa.and_(mine, table.c.version > 1)
    )
    run(
        connection,
        f"CREATE TEMP TABLE {_table_name(name)} ON COMMIT DROP AS {sql(keys.distinct())}",
    )
    run(connection, f"ANALYZE {_table_name(name)}")
    some = sa.select(sa.exists().select_from(_versioned(record)))
    return bool(connection.execute(some).scalar_one())


def _versioned(record: Record) -> sa.TableClause:
    table = accepted(record)
    return sa.table(_table_name(record.name), *(sa.column(c, table.c[c].type) for c in record.key))


def _table_name(name: str) -> str:
    return f"versioned_{name}"
