"""What is read of the ledger to write its copies outside, to verify it and to prove by it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from lots.evidence.forms import Entry
from lots.grammar.schema import Record
from lots.records import records
from lots.store.intake.staging import run
from lots.store.ledger import leaves
from lots.store.ledger.appending import edge_of
from lots.store.ledger.facts import EVERY_ACT, KNOWN_ROWS, accepted_rows, by_receipt
from lots.store.queries import query
from lots.store.schema.ledger_tables import CHECKPOINT, ENTRY, GONE, NEWEST, NOT_SAID, ORIGIN

LARGE = 50_000  # rows: below it a second connection costs more than it saves
PUBLISH_LOCK = 7_145_008  # copies outside are written by one at a time
Leaves = dict[str, bytes]  # of an entry's rows, by table


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it stands: its number, its act, what its leaf is of, the edge of the tree with
    it, its secret; the record and receipt that were accepted with it.
    """

    entry: int
    act: UUID
    made: Entry
    edge: list[bytes]
    secret: bytes | None
    record: str | None
    receipt: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row under an entry: which table it is of, how it is told, its leaf."""

    relation: str
    place: str
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Gone:
    """The leaf of a row that is no more, and where it stood among the rows of its table."""

    relation: str
    position: int
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Redacted:
    """A row of which something was taken out: under which entry it stands, and under which of them
    the redaction.
    """

    entry: int
    relation: str
    place: str
    by_entry: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Entries whose rows a database lost when it was put back from a copy, and who said so."""

    begin: int
    end: int
    by: str


@dataclass(frozen=True, slots=True)
class Stands:
    """How far a ledger has come: over how many entries a checkpoint was written outside, which must
    be found there; how many words of persons are known by their entries alone and were not said
    again; how many entries there are; the edge of the tree at those that were asked for; its name.
    """

    noted: int
    unmade: int
    size: int
    edge: list[bytes]
    origin: str | None


def snapshot(connection: sa.Connection) -> None:
    """Read all that follows as it stands at one moment."""
    run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    run(connection, "SET LOCAL work_mem = '256MB'")
    unhurried(connection)


def unhurried(connection: sa.Connection) -> None:
    """Let a transaction be silent for long: while kept bytes or the copies outside are read."""
    run(connection, "SET LOCAL idle_in_transaction_session_timeout = 0")


def entries(connection: sa.Connection, after: int = 0) -> list[Stored]:
    """The entries after a number, in their order."""
    return [
        Stored(
            row.entry,
            row.act,
            Entry(row.kind, row.reference, row.at, row.by, row.leaves, bytes(row.root)),
            edge_of(row.edge),
            None if row.secret is None else bytes(row.secret),
            row.record,
            row.receipt,
        )
        for row in connection.execute(query("ledger_entries"), {"after": after})
    ]


def edge_at(connection: sa.Connection, size: int) -> list[bytes]:
    """The edge of the tree when it had that many entries."""
    found = sa.select(ENTRY.c.edge).where(ENTRY.c.entry == size)
    return edge_of(connection.execute(found).scalar_one_or_none() or b"")


def size(connection: sa.Connection) -> int:
    """How many entries there are."""
    return int(connection.execute(sa.select(sa.func.max(ENTRY.c.entry))).scalar_one() or 0)


def by_act(connection: sa.Connection) -> dict[UUID, Leaves]:
    """The leaves of all rows that are told by their act, by act and table."""
    found: dict[UUID, Leaves] = defaultdict(dict)
    for fact in EVERY_ACT:
        for act, joined in connection.execute(sa.text(leaves.of_all_acts(fact))):
            found[act][fact.name] = bytes(joined)
    return found


def of_receipt(connection: sa.Connection, stored: Stored, large: int = LARGE) -> tuple[Leaves, int]:
    """The leaves of the rows accepted with an entry, anew from their values; and of how many the
    hash that is kept is another. Of a large receipt two connections compute half each.
    """
    if stored.record is None or stored.record not in records():
        return {}, 0
    record = records()[stored.record]
    if stored.made.leaves < large:
        return _of_lines(connection, stored, record, leaves.EVERY_LINE)
    middle = stored.made.leaves // 2  # few lines of a file are no rows
    first = leaves.EVERY_LINE | {"last": middle}
    last = leaves.EVERY_LINE | {"first": middle + 1}
    # Both halves of one moment: a row that changes between them would stand in neither, or in both.
    seen = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
    with connection.engine.connect() as other, other.begin(), ThreadPoolExecutor(1) as beside:
        snapshot(other)
        run(other, f"SET TRANSACTION SNAPSHOT '{seen}'")
        later = beside.submit(_of_lines, other, stored, record, last)
        (before, few), (after, more) = (
            _of_lines(connection, stored, record, first),
            later.result(),
        )
    names = before.keys() | after.keys()
    return {n: before.get(n, b"") + after.get(n, b"") for n in names}, few + more


def _of_lines(
    connection: sa.Connection, stored: Stored, record: Record, lines: Mapping[str, int]
) -> tuple[Leaves, int]:
    given = {"receipt": stored.receipt, "secret": stored.secret or b"", **lines}
    rows = connection.execute(sa.text(leaves.of_receipt(record, anew=True)), given).all()
    found = {row.relation: bytes(row.leaves) for row in rows if row.leaves}
    return found, sum(row.others for row in rows)


def others(connection: sa.Connection, stored: Stored, most: int) -> list[str]:
    """The rows accepted with an entry whose kept hash is another than that of their values, as people
    are told of them; at most so many.
    """
    record = records()[stored.record or ""]
    given = {"receipt": stored.receipt, "secret": stored.secret or b"", "most": most}
    told = connection.execute(sa.text(leaves.others(record)), given)
    return [f"{record.name} {row.place}" for row in told]


def gone(connection: sa.Connection) -> Mapping[UUID, Sequence[Gone]]:
    """Of rows that are no more their leaves, by the act under whose entry they stood."""
    found: dict[UUID, list[Gone]] = defaultdict(list)
    select = sa.select(GONE.c.of_act, GONE.c.relation, GONE.c.position, GONE.c.leaf)
    for of_act, relation, position, leaf in connection.execute(select.order_by(GONE.c.gone)):
        found[of_act].append(Gone(relation, position, bytes(leaf)))
    return found


def rows(connection: sa.Connection, stored: Stored) -> list[Row]:
    """All rows under an entry that are there, in their order, as people are told of them."""
    given = {"act": stored.act, "receipt": stored.receipt, "secret": stored.secret or b""}
    found: list[tuple[str, int, bytes, str]] = []
    # Where its secret went with a redaction each row has a salt of its own, or was redacted itself.
    for name, statement in _labelled(stored) if stored.secret else _kept(stored):
        found += [
            (name, row.position, bytes(row.leaf), row.place)
            for row in connection.execute(sa.text(statement), given)
        ]
    found += [
        (row.relation, row.position, row.leaf, "(read again since)")
        for row in gone(connection).get(stored.act, [])
    ]
    return [Row(name, place, leaf) for name, _, leaf, place in sorted(found)]


def _labelled(stored: Stored) -> Iterator[tuple[str, str]]:
    yield from ((fact.name, leaves.labelled(fact)) for fact in EVERY_ACT)
    if stored.record in records():
        record = records()[stored.record or ""]
        yield accepted_rows(record).name, leaves.labelled_of_receipt(record)
        yield KNOWN_ROWS.name, leaves.labelled_of_receipt(None)


def _kept(stored: Stored) -> Iterator[tuple[str, str]]:
    yield from ((fact.name, leaves.kept(fact)) for fact in EVERY_ACT)
    if stored.record in records():
        record = records()[stored.record or ""]
        yield accepted_rows(record).name, leaves.kept(accepted_rows(record), record)
        yield KNOWN_ROWS.name, leaves.kept(KNOWN_ROWS)


def redacted(connection: sa.Connection) -> list[Redacted]:
    """Every row that was redacted: under which entry it stands, and under which that was done."""
    return [Redacted(*row) for row in connection.execute(query("redacted_rows"))]


def places(connection: sa.Connection, act: UUID) -> list[tuple[str, str]]:
    """The rows that an act put, (table, how it is told): of an act that no entry covers."""
    found: list[tuple[str, str]] = []
    for fact in EVERY_ACT:
        told = connection.execute(sa.text(leaves.labelled(fact)), {"act": act, "secret": b""})
        found += [(fact.name, row.place) for row in told]
    return found


def acts_unentered(connection: sa.Connection) -> list[UUID]:
    """Acts that put rows and have no entry."""
    told = " UNION ".join(
        f"SELECT act FROM {fact.name} AS fact WHERE act IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM ledger.entry AS e WHERE e.act = fact.act)"
        for fact in EVERY_ACT
    )
    return sorted(row.act for row in run(connection, told))


def unentered(connection: sa.Connection, receipts: set[int]) -> list[tuple[str, int, int]]:
    """Accepted rows of receipts beside these: (table, receipt, how many)."""
    found: list[tuple[str, int, int]] = []
    for fact in by_receipt():
        # By receipt: such rows may be a million, and one sentence says it.
        statement = f"SELECT receipt, count(*) AS counted FROM {fact.name} GROUP BY receipt ORDER BY receipt"
        told = run(connection, statement)
        found += [
            (fact.name, row.receipt, row.counted) for row in told if row.receipt not in receipts
        ]
    return found


def stands(connection: sa.Connection, entries: int = 0) -> Stands:
    """How far the ledger has come, with the edge of its tree at so many entries."""
    given = {"entries": entries, "not_said": [*NOT_SAID]}
    row = connection.execute(query("ledger_stands"), given).one()
    return stands_of(row)


def stands_of(row: Any) -> Stands:
    """How far the ledger has come, of a row that tells it beside other things."""
    return Stands(row.noted, row.unmade, row.size, edge_of(row.edge or b""), row.origin)


def words(connection: sa.Connection) -> list[PutBack]:
    """Which entries are known from outside alone."""
    told = sa.select(NEWEST.c.from_entry, NEWEST.c.to_entry, NEWEST.c.by)
    known = told.where(NEWEST.c.from_entry.is_not(None)).order_by(NEWEST.c.newest)
    return [PutBack(*row) for row in connection.execute(known)]


def origin(connection: sa.Connection) -> str | None:
    """The name of this ledger, where it has one yet."""
    return connection.execute(sa.select(ORIGIN.c.origin)).scalar_one_or_none()


def checkpoint(connection: sa.Connection) -> str:
    """The newest checkpoint that was written outside; empty where none was."""
    newest = sa.select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or ""
