"""Entries that stand outside alone, taken into a database that was put back from a copy: so that
its ledger goes on from the newest checkpoint, and does not say twice what entry came after the
copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from lots.evidence import tree
from lots.evidence.forms import Entry
from lots.store.ledger import reading
from lots.store.ledger.appending import LEDGER_LOCK, append
from lots.store.schema.ledger_tables import CHECKPOINT, ENTRY, GONE, NEWEST
from lots.store.schema.lineage_tables import PROGRESS
from lots.store.schema.tables import EVALUATED

FAR = 10**15  # beyond every entry: numbers on their way to others must not meet
PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True)
class Said:
    """Who says that a database is the newest, why and when."""

    by: str
    reason: str
    at: datetime


def lock(connection: sa.Connection) -> None:
    """Let nobody append until the transaction ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LEDGER_LOCK)))


def take_in(
    connection: sa.Connection, after: int, copies: Sequence[tuple[Entry, bytes]], said: Said
) -> None:
    """Take in the entries that stand outside after a number, each with the leaves of its rows, and
    move what this database appended meanwhile behind them.
    """
    # Read before they are moved, since afterwards those that are taken in stand among them.
    own = [stored for stored in reading.entries(connection) if stored.entry > after]
    _move(connection, after, len(copies))
    edge = reading.edge_at(connection, after)
    for number, (entry, under) in enumerate(copies, after):
        edge = tree.grown(edge, number, entry.leaf)
        _put(connection, number + 1, entry, edge, under)
    for number, stored in enumerate(own, after + len(copies)):
        edge = tree.grown(edge, number, stored.made.leaf)
        new = sa.update(ENTRY).where(ENTRY.c.act == stored.act)
        connection.execute(new.values(edge=b"".join(edge)))
    say(connection, said, (after + 1, after + len(copies)))


def say(connection: sa.Connection, said: Said, entries: tuple[int, int] | None = None) -> None:
    """Keep the word that this database is the newest: no checkpoint of before need be found
    outside.
    """
    # What this database remembers to have written outside is not asked for there any more.
    noted = connection.execute(sa.select(sa.func.max(CHECKPOINT.c.size))).scalar_one() or 0
    begin, end = entries or (None, None)
    values = {"noted": noted, "from_entry": begin, "to_entry": end}
    values |= {"by": said.by, "reason": said.reason, "at": said.at}
    connection.execute(sa.insert(NEWEST).values(values))
    known = {"from": str(begin), "to": str(end)} if entries else {}
    append(connection, "newest", known, said.by, said.at)


def _move(connection: sa.Connection, after: int, by: int) -> None:
    for table in (ENTRY, PROGRESS, EVALUATED):
        number = table.c.entry
        # Numbers are unique row by row: straight to their places they would meet one another.
        for first, step in ((after, FAR + by), (FAR, -FAR)):
            moved = sa.update(table).where(number > first).values(entry=number + step)
            connection.execute(moved)


def _put(
    connection: sa.Connection, number: int, entry: Entry, edge: Sequence[bytes], under: bytes
) -> None:
    act = uuid4()
    values = {"entry": number, "act": act, "kind": entry.kind, "reference": dict(entry.reference)}
    values |= {"leaves": entry.leaves, "root": entry.root, "edge": b"".join(edge)}
    values |= {"at": entry.at, "by": entry.by}
    connection.execute(sa.insert(ENTRY).values(values))
    # Of its rows there is nothing but their leaves, by which the entry is still proved.
    leaves = [
        {"of_act": act, "relation": "", "position": at, "why": PUT_BACK}
        | {"leaf": under[at * tree.SIZE : (at + 1) * tree.SIZE]}
        for at in range(entry.leaves)
    ]
    if leaves:
        connection.execute(sa.insert(GONE), leaves)
