"""Whatever table stands under the ledger: with the superuser's rights and every stored hash computed
again, each change of each of its columns, each row that goes, comes or changes places is named. The
tables are those that the ledger itself lists, so that a new one cannot be forgotten; their rows are
made by their types alone, under an entry a table. On a real PostgreSQL.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.dialects import postgresql as pg

from lots.answers.verified import Tampering
from lots.errors import LedgerUnmatched
from lots.evidence import tree, verifier, wide
from lots.grammar.schema import Record
from lots.pipeline import outside, prove
from lots.pipeline.publish import publish
from lots.pipeline.verify import verify
from lots.postgres.cluster import Cluster
from lots.records import records
from lots.settings import Settings
from lots.store.canonical import content_of
from lots.store.engine import close as disconnect
from lots.store.engine import engine
from lots.store.ledger import reading
from lots.store.ledger.appending import append
from lots.store.ledger.facts import EVERY_ACT, KNOWN_ROWS, Fact, accepted_rows
from lots.store.schema.tables import CONCLUSION, UNREAD
from tests.builders import NOW
from tests.integration.superuser import place

FIRST_RECEIPT, NOBODYS = 1000, 4711  # receipts
ANEW = "UPDATE ledger.entry SET leaves = %s, root = %s, edge = %s WHERE entry = %s"
OTHER = 31  # so far a value is moved: it is odd, so that true becomes false
CHECKS = (
    "SELECT conname FROM pg_constraint WHERE conrelid = CAST(:of AS regclass)"
    " AND (contype = 'c' OR contype IN ('p', 'u') AND :all)"
)
Named = tuple[Tampering, int | None, str]
Statement = tuple[str, Any]  # with what it is given


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows, which are numbered from 1, and the entry that they stand under."""

    fact: Fact
    entry: int
    receipt: int | None  # of rows that are told by it

    @property
    def short(self) -> str:
        """As verify calls it."""
        return self.fact.table.name

    @property
    def count(self) -> int:
        """One row for each column that is changed, and one beside them."""
        return len(self.fact.table.columns) + 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that tell of the row, and are not by which it is known."""
        known = {*self.fact.key, "act", "receipt", "line"}
        return tuple(c.name for c in self.fact.table.columns if c.name not in known)

    def where(self, number: int) -> str:
        """The row of that number."""
        if self.receipt:
            return f"receipt = {self.receipt} AND line = {number}"
        if self.fact.order:
            return f"{self.fact.order} = {number}"
        # Keys of other types; of a table that has one row, many were put: none is known by its key.
        return f"at = '{value(self.fact.table.c.at, number)}'"

    def place(self, number: int) -> str:
        """How verify tells that row."""
        if self.fact.order == "line":
            return f"{self.short} {self.receipt or number}:{number}"
        key = value(self.fact.table.c[self.fact.key[0]], number)
        return f"{self.short} {str(key).lower() if key in (True, False) else key}"


def value(column: "sa.Column[object]", number: int) -> object:
    """A value of the column's type, another for each number."""
    kind = column.type
    for types, made in (
        (sa.ARRAY, lambda: [value(sa.Column(column.name, kind.item_type), number)]),  # type: ignore[attr-defined]
        (sa.Boolean, lambda: number % 2 == 1),
        (sa.Integer, lambda: number),
        (sa.Numeric, lambda: Decimal(number) + Decimal("0.5")),
        (sa.DateTime, lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)),
        (sa.Date, lambda: date(2026, 1, 1) + timedelta(days=number)),
        (pg.BYTEA, lambda: number.to_bytes(32)),
        (pg.UUID, lambda: UUID(int=number)),
        (pg.JSONB, lambda: Jsonb({column.name: f"said {number}"})),
        (sa.Text, lambda: f"said {number}"),
    ):
        if isinstance(kind, types):
            return made()
    raise TypeError(f"{column}: of a {kind} no value is made here")


@contextmanager
def superuser(cluster: Cluster, settings: Settings) -> Iterator[sa.Connection]:
    """Somebody for whom no guard, key or check stands."""
    at = place(cluster, settings)
    made = sa.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(at))
    try:
        with made.begin() as connection:
            connection.exec_driver_sql("SET session_replication_role = 'replica'")
            yield connection
    finally:
        made.dispose()


def fill(cluster: Cluster, settings: Settings) -> None:
    """Rows in every table, each table's under an entry of its own."""
    with superuser(cluster, settings) as connection:
        for fact in EVERY_ACT:
            put(connection, fact, None)
            append(connection, f"of {fact.name}", {}, "tester", NOW)
        for receipt, record in enumerate(records().values(), FIRST_RECEIPT):
            concluded(connection, receipt, record.name)
            put(connection, accepted_rows(record), receipt, record)
            put(connection, KNOWN_ROWS, receipt)
            told = {"receipt": str(receipt)}
            append(connection, "accepted", told, "tester", NOW, accepted=(record, receipt))
    publish(settings, now=NOW)


def put(
    connection: sa.Connection, fact: Fact, receipt: int | None, record: Record | None = None
) -> None:
    """Rows of one table, without the checks on its values."""
    for name in connection.scalars(sa.text(CHECKS), {"of": fact.name, "all": not fact.order}).all():
        connection.exec_driver_sql(f'ALTER TABLE {fact.name} DROP CONSTRAINT "{name}"')
    filled = Filled(fact, 0, receipt)
    columns = [c for c in fact.table.columns if c.name != "act"]
    names, places = ", ".join(c.name for c in columns), ", ".join("%s" for _ in columns)
    statement = f"INSERT INTO {fact.name} ({names}) OVERRIDING SYSTEM VALUE VALUES ({places})"
    for number in range(1, filled.count + 1):
        told = {c.name: value(c, number) for c in columns}
        if receipt:
            told |= {"receipt": receipt}
        if record:
            told |= {UNREAD: Jsonb({record.columns[0].name: f"said {number}"})}
        connection.exec_driver_sql(statement, tuple(told.values()))
    if record:
        # The hash of values as receiving makes it: only what is told of them apart could be amiss.
        table = fact.table
        made = sa.update(table).values(content=content_of(record, dict(table.c)))
        connection.execute(made.where(table.c.receipt == receipt))


def concluded(connection: sa.Connection, receipt: int, record: str) -> None:
    """What says which record a receipt was of."""
    told = {c.name: value(c, receipt) for c in CONCLUSION.columns if c.name != "act"}
    told |= {"receipt": receipt, "status": "accepted", "record": record}
    names, places = ", ".join(told), ", ".join("%s" for _ in told)
    statement = (
        f"INSERT INTO {CONCLUSION.fullname} ({names}) OVERRIDING SYSTEM VALUE VALUES ({places})"
    )
    connection.exec_driver_sql(statement, tuple(told.values()))


@pytest.fixture(scope="module")
def copy(
    told_once: Callable[..., Callable[[], Settings]], cluster: Cluster
) -> Callable[[], Settings]:
    """Makes databases with rows in every table."""

    def world(settings: Settings, folder: Path) -> None:
        del folder
        fill(cluster, settings)

    return told_once(world)


@pytest.fixture
def ledger(copy: Callable[[], Settings]) -> Iterator[Settings]:
    """Such a database, with its copies outside."""
    made = copy()
    yield made
    disconnect(made)


def tables(settings: Settings) -> tuple[Filled, ...]:
    """All tables under the ledger, each with the entry that its rows stand under."""
    with engine(settings=settings).connect() as connection:
        entries = {(one.made.kind, one.receipt): one.entry for one in reading.entries(connection)}
    # Scans and bookings come under an entry by themselves, of the table's name.
    acts = [
        Filled(fact, entries.get((f"of {fact.name}", None)) or entries[fact.table.name, None], None)
        for fact in EVERY_ACT
    ]
    of_records = [
        Filled(fact, entries["accepted", receipt], receipt)
        for receipt, record in enumerate(records().values(), FIRST_RECEIPT)
        for fact in (accepted_rows(record), KNOWN_ROWS)
    ]
    return (*acts, *of_records)


def tampered(cluster: Cluster, settings: Settings, statements: Sequence[Statement]) -> set[Named]:
    """What is named after these statements, and every root and edge made anew."""
    with superuser(cluster, settings) as connection:
        for statement, given in statements:
            connection.exec_driver_sql(
                statement, given if isinstance(given, dict) else tuple(given)
            )
    with superuser(cluster, settings) as connection:
        recompute(connection, settings)
    return {(one.kind, one.entry, one.row) for one in verify(settings).faults}


def test_untouched_nothing_is_named(ledger: Settings) -> None:
    told = verify(ledger)
    assert [one for one in told.faults if one.row.partition(" ")[0] != "account"] == []
    assert told.rows > sum(table.count for table in tables(ledger))


def test_each_value_of_each_column_that_is_changed_is_named(
    cluster: Cluster, ledger: Settings
) -> None:
    statements: list[Statement] = []
    expected: dict[Filled, set[Any]] = {}
    for table in tables(ledger):
        expected[table] = set()
        for number, name in enumerate(table.columns, 1):
            changed = value(table.fact.table.c[name], number + OTHER)
            statement = f"UPDATE {table.fact.name} SET {name} = %s WHERE {table.where(number)}"
            statements.append((statement, [changed]))
            row = table.place(number)
            # Of a table without an order an entry has one row, told as changed (test_ledger.py). Of
            # many, which only this test puts there, a changed one stands elsewhere: as put in.
            kind = Tampering.CHANGED if table.fact.order else Tampering.INSERTED
            expected[table].add((kind, table.entry, row))
    found = tampered(cluster, ledger, statements)
    # By chance one stands where it did.
    found |= {(Tampering.INSERTED, *one[1:]) for one in found}
    assert missing(expected, found) == {}
    with pytest.raises(LedgerUnmatched):
        publish(ledger, now=NOW)


def test_each_table_s_rows_that_go_are_named(cluster: Cluster, ledger: Settings) -> None:
    statements: list[Statement] = []
    expected: dict[Filled, set[Any]] = {}
    for table in tables(ledger):
        statements.append((f"DELETE FROM {table.fact.name} WHERE {table.where(2)}", []))
        expected[table] = {(Tampering.REMOVED, table.entry)}
    found = {one[:2] for one in tampered(cluster, ledger, statements)}
    assert missing(expected, found) == {}


def test_a_row_that_is_put_into_a_table_is_named(cluster: Cluster, ledger: Settings) -> None:
    """Under the entry of the others, and under none."""
    statements: list[Statement] = []
    expected: dict[Filled, set[Any]] = {}
    for table in tables(ledger):
        number = table.count + 1
        columns = table.fact.table.columns
        names = ", ".join(c.name for c in columns)
        told = {c.name: value(c, number) for c in columns if c.name != "act"}
        told |= {"receipt": table.receipt} if table.receipt else {}
        places = ", ".join("act" if c.name == "act" else f"%({c.name})s" for c in columns)
        statement = (
            f"INSERT INTO {table.fact.name} ({names}) OVERRIDING SYSTEM VALUE"
            f" SELECT {places} FROM {table.fact.name} WHERE {table.where(1)}"
        )
        statements.append((statement, told))
        expected[table] = {(Tampering.INSERTED, table.entry, table.place(number))}
    assert missing(expected, tampered(cluster, ledger, statements)) == {}


def test_a_row_that_stands_under_no_entry_is_named(cluster: Cluster, ledger: Settings) -> None:
    """It was taken from where it stood, so that it is missing there."""
    statements: list[Statement] = []
    expected: dict[Filled, set[Any]] = {}
    for table in tables(ledger):
        nobodys = NOBODYS + (table.receipt or 0)
        there = f"receipt = {nobodys}" if table.receipt else "act = gen_random_uuid()"
        statements.append((f"UPDATE {table.fact.name} SET {there} WHERE {table.where(2)}", []))
        name = f"{table.short} of receipt {nobodys}" if table.receipt else table.place(2)
        expected[table] = {(Tampering.INSERTED, None, name)}
    assert missing(expected, tampered(cluster, ledger, statements)) == {}


def test_rows_that_change_places_are_named(cluster: Cluster, ledger: Settings) -> None:
    statements: list[Statement] = []
    expected: dict[Filled, set[Any]] = {}
    # Of keys that are no numbers there is no order but that of leaves.
    for table in (one for one in tables(ledger) if one.fact.order):
        number = table.fact.order or ""
        if table.fact.table.c[number].identity:
            free = f"ALTER TABLE {table.fact.name} ALTER {number} SET GENERATED BY DEFAULT"
            statements.append((free, []))
        for before, after in ((1, -1), (2, 1), (-1, 2)):
            put = f"UPDATE {table.fact.name} SET {number} = {after} WHERE {table.where(before)}"
            statements.append((put, []))
        # Of rows that have a receipt each, the line alone has changed places.
        alone = number == "line" and not table.receipt
        told = {f"{table.short} {3 - n}:{n}" if alone else table.place(n) for n in (1, 2)}
        expected[table] = {(Tampering.CHANGED, table.entry, row) for row in told}
    assert missing(expected, tampered(cluster, ledger, statements)) == {}


def test_a_proof_of_each_record_holds_and_of_an_altered_row_there_is_none(
    cluster: Cluster, ledger: Settings
) -> None:
    """Judged by the verifier that stands alone."""
    key = (outside.read(ledger, outside.KEY) or b"").decode()
    of_records = [
        table for table in tables(ledger) if table.receipt and table.fact is not KNOWN_ROWS
    ]
    proofs = {table.short: proof(ledger, table) for table in of_records}
    assert [name for name, told in proofs.items() if not verifier.check(told, key)] == []
    statements: list[Statement] = [
        (f"UPDATE {one.fact.name} SET rank = 77 WHERE {one.where(1)}", []) for one in of_records
    ]
    tampered(cluster, ledger, statements)
    for table in of_records:
        # What was handed out still holds; what tells of what stands there now does not.
        assert verifier.check(proofs[table.short], key)
        with pytest.raises(verifier.Wrong):
            verifier.check(proof(ledger, table), key)
    for table in of_records[:1]:
        for altered in alterations(proofs[table.short]):
            with pytest.raises((verifier.Wrong, ValueError, KeyError)):
                verifier.check(altered, key)


def proof(settings: Settings, table: Filled) -> str:
    """What proves the first row of a record's table."""
    with engine(settings=settings).connect() as connection:
        record = records()[table.short]
        assert table.receipt
        return prove.of_row(connection, record, table.receipt, 1).text


def alterations(told: str) -> Iterator[str]:
    """The proof with each of its lines taken away, and with a character of each another."""
    lines = told.splitlines(keepends=True)
    for at, line in enumerate(lines):
        # What follows the checkpoint's first three lines are signatures: others' may be there too.
        if line.strip() and not line.startswith("— "):
            yield "".join((*lines[:at], *lines[at + 1 :]))
            at_half = len(line) // 2
            turned = "A" if line[at_half].isdigit() else "0"
            changed = f"{line[:at_half]}{turned}{line[at_half + 1 :]}"
            yield "".join((*lines[:at], changed, *lines[at + 1 :]))


def recompute(connection: sa.Connection, settings: Settings) -> None:
    """Make roots and edges anew over what stands, as whoever knows this code would."""
    edge: list[bytes] = []
    with engine(settings=settings).connect() as reader:
        every, entries = reading.by_act(reader), reading.entries(reader)
        for at, stored in enumerate(entries):
            under = every.get(stored.act, {}) | reading.of_receipt(reader, stored)[0]
            joined = b"".join(under[name] for name in sorted(under))
            made = replace(stored.made, leaves=len(joined) // tree.SIZE, root=wide.root(joined))
            edge = tree.grown(edge, at, made.leaf)
            given = (made.leaves, made.root, b"".join(edge), stored.entry)
            connection.exec_driver_sql(ANEW, given)


def missing(expected: Mapping[Filled, set[Any]], found: set[Any]) -> dict[str, list[Any]]:
    """What ought to be named and is not, by table."""
    return {
        f"{table.fact.name} {table.receipt or ''}": sorted(map(str, told - found))
        for table, told in expected.items()
        if told - found
    }
