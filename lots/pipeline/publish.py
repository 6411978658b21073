"""Write outside the database what the ledger holds: the leaves of new entries, and a signed
checkpoint over all. Each verb that appends ends with it, before it tells that it is done.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from threading import Lock

from lots.errors import LedgerUnmatched
from lots.evidence import entry_copy, notes, signing, tree, wide
from lots.evidence.notes import Checkpoint
from lots.pipeline import outside, signing_key
from lots.settings import Settings
from lots.store.engine import Connection, by_itself, engine
from lots.store.ledger import entering, publishing, reading
from lots.store.ledger.reading import Stands, Stored

OLDER = (
    "The newest checkpoint outside ({}) has {:,} entries, of which this database has {}: it is an"
    " older copy, its end was cut off, or it is another one. Nothing was written outside; `lots"
    " verify` says more."
)

GONE = (
    "A checkpoint over {:,} entries was written outside, and {} {}: whether this database is the"
    " newest, nobody can tell. Bring the copies back, or let a person say that it is: lots restore"
    " --by --reason."
)
UNMADE = (
    "This database was put back from a copy, and {:,} words of persons that were said since are known"
    " by their entries alone: say them again, and then: lots restore --by --reason."
)

ALONE: defaultdict[str, Lock] = defaultdict(Lock)  # by the place outside


def publish(settings: Settings, *, now: datetime) -> None:
    """Write what is not outside yet. Raises LedgerUnmatched where what is there is no beginning of
    this ledger, or cannot be written.
    """
    # By itself: whose stop waits for the number of its entry does not wait for what is written here.
    with engine(settings=settings).begin() as connection:
        entering.enter(connection, now)
    # Of this process one waits with a connection, however slow the place outside is: else those who
    # confirm stops would hold all of them, and the next stop would not come into force.
    with ALONE[settings.ledger], engine(settings=settings).begin() as connection:
        publishing.lock(connection)
        there = newest(settings)
        before = there.size if there else 0
        stands = reading.stands(connection, before)
        size = stands.size
        # A ledger gets its name with its first checkpoint; before there is nothing to sign.
        if size == 0 and there is None:
            return
        expect_matched(settings, there, stands)
        # Who was killed may have written the newest, and not noted it: it is written once more.
        if before == size == stands.noted:
            return
        signing_key.expect_signer(settings)
        name = stands.origin or _named(settings)
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


def _named(settings: Settings) -> str:
    # It stands before anything is signed by it: of whoever is killed meanwhile a checkpoint may be left
    # outside, and the next one would draw another name.
    with engine(settings=settings).begin() as connection:
        return publishing.named(connection)


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


def expect_matched(settings: Settings, there: Checkpoint | None, stands: Stands) -> None:
    """Raise LedgerUnmatched unless the newest checkpoint outside is a beginning of this ledger, and
    as new as what this database says that it wrote there: else copies were lost, perhaps those of a
    newer database, of which this one is a copy. stands: with the edge at that checkpoint.
    """
    if (there.size if there else 0) < stands.noted:
        ends = f"ends with {there.size:,}" if there else "has none"
        raise LedgerUnmatched(GONE.format(stands.noted, settings.ledger, ends))
    if there is None or there.size == 0:
        return
    own = tree.root_of(stands.edge) if there.size <= stands.size else None
    if own != there.root or there.origin != (stands.origin or there.origin):
        had = f"{stands.size:,}" if own is None else "others"
        raise LedgerUnmatched(OLDER.format(settings.ledger, there.size, had))


def matched(settings: Settings) -> None:
    """Raise LedgerUnmatched unless this database is at least as new as the newest checkpoint
    outside: what answers about a dose asks first, so that a copy of last night never says GO.
    """
    there = newest(settings)
    with by_itself(engine("lots_reader", settings)) as connection:
        stands = reading.stands(connection, there.size if there else 0)
    expect_newest(settings, there, stands)


def expect_newest(settings: Settings, there: Checkpoint | None, stands: Stands) -> None:
    """Raise LedgerUnmatched unless a database is the newest, by what it said of itself after the
    newest checkpoint outside was read.
    """
    if stands.noted > (there.size if there else 0):
        # Another process may have written one meanwhile: looked at between the two it is there.
        noted, there = stands.noted, newest(settings)
        with by_itself(engine("lots_reader", settings)) as connection:
            stands = replace(reading.stands(connection, there.size if there else 0), noted=noted)
    expect_matched(settings, there, stands)
    if stands.unmade:
        raise LedgerUnmatched(UNMADE.format(stands.unmade))


def _write_leaves(connection: Connection, settings: Settings, stored: Stored) -> None:
    under = publishing.leaves(connection, stored)
    if wide.root(under) != stored.made.root:
        # Else what was altered would be put outside as if it had always been so.
        raise LedgerUnmatched(
            f"Entry {stored.entry}: the rows under it are not those that it was made over; no copy of"
            " it was written outside. `lots verify` says which."
        )
    copy = entry_copy.written(stored.made, under)
    outside.write(settings, outside.entry_name(stored.entry), copy)
