"""The one door by which entries come into the ledger."""

import os
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from lots.evidence import tree, wide
from lots.evidence.forms import Entry
from lots.grammar.schema import Record
from lots.store.intake.staging import run
from lots.store.ledger import leaves
from lots.store.ledger.facts import EVERY_ACT, Fact
from lots.store.schema.ledger_tables import ENTRY, SECRET

LEDGER_LOCK = 7_145_001  # one entry is written at a time
WHICH = "SELECT nullif(current_setting('lots.act', true), '')::uuid"
ENDED = "SELECT set_config('lots.act', '', true)"
# Leaves of entries of this process whose copies outside are still to be written, by act: computing
# those of a million rows once more would cost as much as the entry itself.
KEPT: dict[UUID, bytes] = {}
KEPT_BYTES = 64 << 20


def append(
    connection: sa.Connection,
    kind: str,
    reference: Mapping[str, str],
    by: str,
    now: datetime,
    *,
    accepted: tuple[Record, int] | None = None,
    facts: tuple[Fact, ...] = EVERY_ACT,
) -> int | None:
    """Append an entry over all facts that this transaction put since its last one; its number, None
    where it put none. accepted: the record and the receipt whose rows were accepted with it; facts:
    the tables that it may have put into, of a login that may not read all.

    kind and reference are the caller's: what happened, to what, without a key of a person. The lock
    holds until the transaction ends, so that numbers have no gap.
    """
    act = connection.execute(sa.text(WHICH)).scalar_one()
    if act is None:
        return None
    secret = os.urandom(32)
    under = leaves_of(connection, act, secret, accepted, facts)
    if not under:
        return None
    connection.execute(sa.insert(SECRET).values(act=act, secret=secret))
    made = Entry(kind, reference, now, by, len(under) // tree.SIZE, wide.root(under))
    number = _next(connection, act, made)
    # What else this transaction puts is another act.
    connection.execute(sa.text(ENDED))
    _keep(act, under)
    return number


def leaves_of(
    connection: sa.Connection,
    act: UUID,
    secret: bytes,
    accepted: tuple[Record, int] | None,
    facts: tuple[Fact, ...] = EVERY_ACT,
) -> bytes:
    """The leaves of all rows under an act's entry, by table and in the order of its rows."""
    # Few acts put into more than a few tables, and to plan the leaves of all of them takes longer
    # than all else of a small file's entry.
    put = {*connection.scalars(sa.text(leaves.tables_of_act(facts)), {"act": act})}
    mine = tuple(fact for fact in facts if fact.name in put)
    given = {"act": act, "secret": secret}
    found = _by_table(connection, leaves.of_act(mine), given) if mine else {}
    if accepted:
        record, receipt = accepted
        run(connection, "SET LOCAL work_mem = '256MB'")  # a million rows sort in memory
        rows = leaves.of_receipt(record, anew=False)
        found |= _by_table(
            connection, rows, {"receipt": receipt, "secret": secret, **leaves.EVERY_LINE}
        )
    # The order of docs/ledger.md: whoever verifies sorts the same way.
    return b"".join(found[name] for name in sorted(found))


def _by_table(
    connection: sa.Connection, statement: str, given: Mapping[str, object]
) -> dict[str, bytes]:
    rows = connection.execute(sa.text(statement), given)
    return {row.relation: bytes(row.leaves) for row in rows if row.leaves}


def _next(connection: sa.Connection, act: UUID, made: Entry) -> int:
    # A sequence would leave a gap where a transaction is rolled back, and a gap is what a cut-out
    # entry looks like.
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LEDGER_LOCK)))
    newest = sa.select(ENTRY.c.entry, ENTRY.c.edge).order_by(ENTRY.c.entry.desc()).limit(1)
    last = connection.execute(newest).first()
    size = last.entry if last else 0
    # The edge of the tree is all that the next root needs: no earlier entry is read again.
    edge = tree.grown(edge_of(last.edge) if last else [], size, made.leaf)
    values = {
        "entry": size + 1,
        "act": act,
        "kind": made.kind,
        "reference": dict(made.reference),
        "leaves": made.leaves,
        "root": made.root,
        "edge": b"".join(edge),
        "at": made.at,
        "by": made.by,
    }
    connection.execute(sa.insert(ENTRY).values(values))
    return size + 1


def edge_of(joined: bytes) -> list[bytes]:
    """The edge of a tree, as it is kept."""
    return [bytes(joined[at : at + tree.SIZE]) for at in range(0, len(joined), tree.SIZE)]


def _keep(act: UUID, under: bytes) -> None:
    if sum(map(len, KEPT.values())) + len(under) > KEPT_BYTES:
        # They are a saving alone: what is not here is computed from the rows.
        KEPT.clear()
    KEPT[act] = under
