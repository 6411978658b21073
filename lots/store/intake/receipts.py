"""Receipts: what came, how far it has got, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store import session
from lots.store.among import among
from lots.store.intake.stopped import Onlooker
from lots.store.schema.tables import ARRIVAL, CONCLUSION, NOTICE, RECEIPT

ABANDONED = "abandoned"
ALL_REFUSED = "all_refused"  # it could be read, and no row of it could be used
CONCLUDED = ("accepted", "refused", ABANDONED, ALL_REFUSED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One distinct file: its number, the hash of its bytes, who sent it under what name, how far it
    has got.
    """

    receipt: int
    sha256: bytes
    file_name: str
    sender: str
    bytes: int
    status: str
    record: str | None
    counts: Mapping[str, int] | None
    sentence: str | None
    received_at: datetime

    @property
    def concluded(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.status in CONCLUDED


# Of a session that holds a file; and what a large one is read by, which is silence too. Both ends
# of a connection learn of a cut sooner (lots/store/session.py).
HUNG_S, BYTES_A_SECOND = 50, 20_000_000
LOOK_S = 0.2
IN_TRANSACTION = "idle_in_transaction_session_timeout"
FEW = 3  # one of them may have lost its bytes by itself
# By the names of the value: what is not in it is not asked for.
_COLUMNS = [RECEIPT.c[name] for name in Receipt.__slots__]


@contextmanager
def alone(
    connection: sa.Connection, sha256: bytes, size: int, *, wait: bool = True
) -> Iterator[bool]:
    """Hold the one lock on so many bytes: a second process waits, and then finds them received.
    Where it is not to wait: whether it holds the lock. A host that hangs loses it.
    """
    # A lock's name has 64 bits. Two files that share them wait for each other, and nothing worse.
    number = int.from_bytes(sha256[:8], "big", signed=True)
    # Of the session and not of a transaction: a receipt takes several, and a crash lets it go.
    limit_s = HUNG_S + size / BYTES_A_SECOND
    held = _locked(connection, number) or (wait and _awaited(connection, number, limit_s))
    if held:
        # The server ends a session of which nothing was heard for so long, and its lock with it: a
        # process that is stopped, or cut off behind something that answers for it, never ends it.
        limit = f"{limit_s * 1000:.0f}ms"
        _idle_at_most(connection, limit, limit)
    connection.commit()
    try:
        yield held
    finally:
        # A connection that is gone has taken its lock with it.
        if held and not connection.invalidated:
            # Whatever failed inside: in an aborted transaction nothing could be let go.
            connection.rollback()
            connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
            _idle_at_most(connection, "0", session.OURS[IN_TRANSACTION])
            connection.commit()


def _locked(connection: sa.Connection, number: int) -> bool:
    return bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(number))))


def _awaited(connection: sa.Connection, number: int, limit_s: float) -> bool:
    """Have the lock, once its holder lets it go or is found to send nothing more."""
    holder = Onlooker(number, limit_s)
    # Not by a wait in the server: who waits there cannot look at the holder.
    while not _locked(connection, number):
        connection.rollback()
        if not holder.look(connection, monotonic()):
            sleep(LOOK_S)
    return True


def _idle_at_most(connection: sa.Connection, between: str, within: str) -> None:
    """How long nothing need be heard of this session, between two transactions and within one."""
    limits = {"idle_session_timeout": between, IN_TRANSACTION: within}
    connection.execute(sa.select(*(sa.func.set_config(*one, False) for one in limits.items())))


def at_work(connection: sa.Connection) -> None:
    """Let the server hear of whoever holds a lock, while all the work is elsewhere."""
    connection.execute(sa.select(1))


def by_number(connection: sa.Connection, receipt: int) -> Receipt:
    """The receipt of that number."""
    return Receipt(
        *connection.execute(sa.select(*_COLUMNS).where(RECEIPT.c.receipt == receipt)).one()
    )


def file_of(connection: sa.Connection, receipt: int) -> tuple[str, datetime]:
    """The file of that receipt, and when it came: what whoever only reads sees of it."""
    columns = sa.select(RECEIPT.c.file_name, RECEIPT.c.received_at)
    file_name, received_at = connection.execute(columns.where(RECEIPT.c.receipt == receipt)).one()
    return file_name, received_at


def numbered(connection: sa.Connection, receipt: int) -> Receipt | None:
    """The receipt of that number, where there is one."""
    row = connection.execute(sa.select(*_COLUMNS).where(RECEIPT.c.receipt == receipt)).one_or_none()
    return Receipt(*row) if row else None


def unfinished(connection: sa.Connection) -> list[Receipt]:
    """Receipts that a crash or a closed gate left, oldest first."""
    select = (
        sa.select(*_COLUMNS).where(RECEIPT.c.status.not_in(CONCLUDED)).order_by(RECEIPT.c.receipt)
    )
    return [Receipt(*row) for row in connection.execute(select)]


def concluded(connection: sa.Connection) -> list[int]:
    """The numbers of those of which nothing is left to do, oldest first."""
    select = sa.select(RECEIPT.c.receipt).where(RECEIPT.c.status.in_(CONCLUDED))
    return list(connection.execute(select.order_by(RECEIPT.c.receipt)).scalars())


def book(
    connection: sa.Connection,
    sha256: bytes,
    size: int,
    file_name: str,
    sender: str,
    by: str,
    now: datetime,
) -> Receipt:
    """The receipt of these bytes, made where they are new."""
    values = {
        "sha256": sha256,
        "bytes": size,
        "file_name": file_name,
        "sender": sender,
        "received_at": now,
        "received_by": by,
        "status": "received",
    }
    # The bytes' hash is unique: the same file is one receipt, whoever sends it again.
    made = pg.insert(RECEIPT).values(values).on_conflict_do_nothing().returning(*_COLUMNS)
    known = sa.select(*_COLUMNS).where(RECEIPT.c.sha256 == sha256)
    return Receipt(*(connection.execute(made).one_or_none() or connection.execute(known).one()))


def arrived(
    connection: sa.Connection,
    receipt: Receipt,
    location: str,
    sender: str,
    file_name: str,
    mark: str,
    now: datetime,
) -> None:
    """Note that the bytes came, from where, under what name; once for each location and mark."""
    # A folder that is listed again and again would else grow this by every look.
    same = sa.exists().where(
        ARRIVAL.c.place == location, ARRIVAL.c.mark == mark, ARRIVAL.c.receipt == receipt.receipt
    )
    values = [receipt.receipt, location, sender, file_name, mark, now]
    names = ["receipt", "place", "sender", "file_name", "mark", "arrived_at"]
    row = sa.select(
        *(sa.literal(v, ARRIVAL.c[n].type) for n, v in zip(names, values, strict=True))
    ).where(~same)
    connection.execute(sa.insert(ARRIVAL).from_select(names, row))


def came(connection: sa.Connection, marks: Mapping[str, str]) -> dict[str, bool]:
    """Of these locations with their marks (size and time), those whose bytes came; of each whether
    they were concluded.
    """
    concluded = RECEIPT.c.status.in_(CONCLUDED)
    rows = connection.execute(
        sa.select(ARRIVAL.c.place, ARRIVAL.c.mark, concluded)
        .join(RECEIPT, RECEIPT.c.receipt == ARRIVAL.c.receipt)
        .where(among(ARRIVAL.c.place, marks))
        .order_by(concluded)
    )
    # Another mark is another file under an old name: it is read again.
    return {location: ended for location, mark, ended in rows if marks.get(location) == mark}


def kept_before(connection: sa.Connection, receipt: int) -> list[bytes]:
    """The hashes of some receipts besides this one: the first, and the last."""
    others = sa.select(RECEIPT.c.sha256).where(RECEIPT.c.receipt != receipt).limit(FEW)
    ends = (others.order_by(RECEIPT.c.receipt), others.order_by(RECEIPT.c.receipt.desc()))
    return list(
        connection.execute(sa.union_all(*(end.subquery().select() for end in ends))).scalars()
    )


def accepted(connection: sa.Connection, hashes: Sequence[bytes]) -> set[bytes]:
    """Of these bytes, by their hashes, those of which rows were accepted."""
    told = sa.select(RECEIPT.c.sha256).where(
        among(RECEIPT.c.sha256, hashes), RECEIPT.c.status == "accepted"
    )
    return set(connection.execute(told).scalars())


def try_again(connection: sa.Connection, receipt: Receipt, file_name: str, sender: str) -> Receipt:
    """Take up a file of which nothing was accepted, under the name and sender with which it came
    this time.
    """
    # By a function of the owner's: the pipeline's role has no right to delete, here or anywhere.
    connection.execute(sa.select(sa.func.receiving.forget_refused(receipt.receipt)))
    progress(connection, receipt.receipt, "received", file_name=file_name, sender=sender)
    return by_number(connection, receipt.receipt)


def progress(connection: sa.Connection, receipt: int, status: str, **values: Any) -> None:
    """Move a receipt on."""
    connection.execute(
        sa.update(RECEIPT).where(RECEIPT.c.receipt == receipt).values(status=status, **values)
    )


def notice(connection: sa.Connection, receipt: int, sentences: list[str]) -> None:
    """Keep what a person should know of the file; once, though it is read again."""
    told = {*notices(connection, receipt)} if sentences else set()
    new = [s for s in sentences if s not in told]
    if new:
        connection.execute(sa.insert(NOTICE), [{"receipt": receipt, "sentence": s} for s in new])


def notices(connection: sa.Connection, receipt: int) -> list[str]:
    """What a person should know of the file."""
    select = (
        sa.select(NOTICE.c.sentence).where(NOTICE.c.receipt == receipt).order_by(NOTICE.c.notice)
    )
    return list(connection.execute(select).scalars())


def conclude(connection: sa.Connection, receipt: int) -> tuple[str, str]:
    """Keep what became of a receipt, as it stands now: its row may be taken up again. Answers its
    status, and of which record it is.
    """
    # Both are drawn by the database: the number, and the act by which its ledger entry finds it.
    names = [c.name for c in CONCLUSION.columns if c.name not in ("conclusion", "act")]
    select = sa.select(*(RECEIPT.c[name] for name in names)).where(RECEIPT.c.receipt == receipt)
    kept = sa.insert(CONCLUSION).from_select(names, select)
    told = kept.returning(CONCLUSION.c.status, sa.func.coalesce(CONCLUSION.c.record, ""))
    status, record = connection.execute(told).one()
    return status, record
