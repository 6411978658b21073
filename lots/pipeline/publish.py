"""Write outside the database what the ledger holds: the leaves of new entries, and a signed
checkpoint over all. Each verb that appends ends with it, before it tells that it is done.
"""

from datetime import datetime

from lots.errors import LedgerUnmatched
from lots.evidence import notes, signing, tree, wide
from lots.evidence.notes import Checkpoint
from lots.pipeline import outside, signing_key
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.ledger import publishing, reading
from lots.store.ledger.reading import Stored

OLDER = (
    "The newest checkpoint outside ({}) has {:,} entries, of which this database has {}: it is an"
    " older copy, its end was cut off, or it is another one. Nothing was written outside; `lots"
    " verify` says more."
)

GONE = (
    "Checkpoints were written outside, and {} has none: whether this database is the newest, nobody"
    " can tell. Bring the copies back."
)


def publish(settings: Settings, *, now: datetime) -> None:
    """Write what is not outside yet. Raises LedgerUnmatched where what is there is no beginning of
    this ledger, or cannot be written.
    """
    with engine(settings=settings).begin() as connection:
        publishing.lock(connection)
        size = reading.size(connection)
        there = newest(settings)
        if size == 0 and there is None:
            return
        expect_matched(connection, settings, there, size)
        before = there.size if there else 0
        if before == size:
            return
        name = publishing.named(connection)
        for stored in reading.entries(connection, before):
            _write_leaves(connection, settings, stored)
        made = Checkpoint(name, size, tree.root_of(reading.edge_at(connection, size)))
        note = signing.signed(signing_key.private_key(settings), name, made)
        outside.write(
            settings, outside.KEY, f"{signing_key.public_key(settings, name).text}\n".encode()
        )
        outside.write(settings, outside.checkpoint_name(size), note.encode())
        # Last: whatever it speaks of is there already.
        outside.write(settings, outside.NEWEST, note.encode())
        publishing.note(connection, size, note, now)


def newest(settings: Settings) -> Checkpoint | None:
    """The newest checkpoint outside. Raises LedgerUnmatched where it cannot be read."""
    told = outside.read(settings, outside.NEWEST)
    if told is None:
        return None
    try:
        return notes.read(told.decode())[0]
    except ValueError:
        raise LedgerUnmatched(
            f"{outside.NEWEST} in {settings.ledger}: expected a signed checkpoint, got something"
            " else; bring it back from a copy."
        ) from None


def expect_matched(
    connection: Connection, settings: Settings, there: Checkpoint | None, size: int
) -> None:
    """Raise LedgerUnmatched unless the newest checkpoint outside is a beginning of this ledger."""
    if there is None or there.size == 0:
        return
    own = tree.root_of(reading.edge_at(connection, there.size)) if there.size <= size else None
    if own != there.root or there.origin != (reading.origin(connection) or there.origin):
        had = f"{size:,}" if own is None else "others"
        raise LedgerUnmatched(OLDER.format(settings.ledger, there.size, had))


def matched(settings: Settings) -> None:
    """Raise LedgerUnmatched unless this database is at least as new as the newest checkpoint outside:
    what answers about a dose asks first, so that a copy of last night never says GO.
    """
    there = newest(settings)
    with engine("lots_reader", settings).connect() as connection:
        if there is None and reading.checkpoint(connection):
            raise LedgerUnmatched(GONE.format(settings.ledger))
        expect_matched(connection, settings, there, reading.size(connection))


def _write_leaves(connection: Connection, settings: Settings, stored: Stored) -> None:
    under = publishing.leaves(connection, stored)
    if wide.root(under) != stored.made.root:
        # Else what was altered would be put outside as if it had always been so.
        raise LedgerUnmatched(
            f"Entry {stored.entry}: the rows under it are not those that it was made over; no copy of"
            " it was written outside. `lots verify` says which."
        )
    outside.write(settings, outside.entry_name(stored.entry), stored.made.leaf + under)
