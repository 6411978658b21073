"""Whether a database is the newest there is: what stands outside and not in it, and the word of a
person by which its ledger goes on after it was put back from a copy.
"""

from datetime import datetime

from lots.answers.restored import Newest, OutsideEntry
from lots.errors import CallError, LedgerUnmatched
from lots.evidence.forms import Entry
from lots.pipeline import publish
from lots.pipeline.outside_copies import Copies, copies
from lots.pipeline.resolve import Word, check_said
from lots.settings import Settings
from lots.store.engine import Connection, engine, owner_engine
from lots.store.ledger import joining, publishing, reading
from lots.store.schema.ledger_tables import NOT_SAID

NEVER_GO = "Until it is, no scan is answered."


def standing(settings: Settings) -> Newest:
    """What stands outside and not in the database, and whether a scan is answered. Raises
    LedgerUnmatched where the copies outside cannot be read.
    """
    said = ""
    try:
        # By the very check that every scan makes, so that the two cannot differ.
        publish.matched(settings)
    except LedgerUnmatched as error:
        said = str(error)
    with engine(settings=settings).connect() as connection, connection.begin():
        reading.snapshot(connection)
        found = copies(settings, reading.origin(connection), ())
        own = [stored.made.leaf for stored in reading.entries(connection)]
    after = _common(own, found.leaves)
    missing = tuple(
        _told(number, entry) for number, entry in enumerate(found.entries[after:], after + 1)
    )
    faults = tuple(fault.sentence for fault in found.faults)
    told = (*faults, *([said, NEVER_GO] if said else []))
    return Newest(not said, len(own), len(found.entries), missing, told)


def say(settings: Settings, word: Word, count: int | None, *, now: datetime) -> Newest:
    """Say that this database is to be taken for the newest. Where entries stand outside alone,
    count tells how many, so that nobody says it who has not looked; the ledger goes on after them.
    Raises CallError, LedgerUnmatched.
    """
    check_said(word)
    said = joining.Said(word.by, word.reason, now)
    # The owner's, since entries that stand outside alone are put before what was appended
    # meanwhile.
    with owner_engine(settings).begin() as connection:
        publishing.lock(connection)
        joining.lock(connection)
        reading.unhurried(connection)
        found = _whole(connection, settings)
        own = [stored.made.leaf for stored in reading.entries(connection)]
        after = _common(own, found.leaves)
        # Under the locks: what is counted now is what is taken in.
        _expect_counted(len(found.entries) - after, count)
        if after < len(found.entries):
            _expect_unsigned(after, found, reading.stands(connection).noted)
            alone = list(zip(found.entries, found.under, strict=True))[after:]
            joining.take_in(connection, after, alone, said)
        else:
            _expect_open(connection, settings, found)
            joining.say(connection, said)
    publish.publish(settings, now=now)
    return standing(settings)


def _whole(connection: Connection, settings: Settings) -> Copies:
    found = copies(settings, reading.origin(connection), ())
    if found.faults:
        raise LedgerUnmatched(
            f"{found.faults[0].sentence} Nothing is taken from copies that do not agree: bring them"
            " back, or the home's ledger.key, or put them aside for good."
        )
    return found


def _expect_counted(there: int, count: int | None) -> None:
    if there != (count or 0):
        raise CallError(
            f"--count: entries that stand outside and not in this database: expected {there:,}, got"
            f" {count or 'none'}; look at them first: lots restore."
        )


def _expect_unsigned(after: int, found: Copies, noted: int) -> None:
    # What this database itself wrote outside is there no more: then it is no copy that is behind.
    if after < min(noted, len(found.entries)):
        raise LedgerUnmatched(
            f"From entry {after + 1:,} on the copies outside are not those that this database wrote:"
            " two databases have written there. `lots verify` says more."
        )


def _expect_open(connection: Connection, settings: Settings, found: Copies) -> None:
    stands = reading.stands(connection)
    if len(found.entries) >= stands.noted and not stands.unmade:
        raise CallError(
            "This database is the newest there is already; nothing is to be said of it."
        )


def _common(own: list[bytes], held: list[bytes]) -> int:
    """How many entries both begin with."""
    pairs = zip(own, held, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(own), len(held)))


def _told(number: int, entry: Entry) -> OutsideEntry:
    about = " ".join(f"{name} {value}" for name, value in sorted(entry.reference.items()))
    word = entry.kind not in NOT_SAID
    return OutsideEntry(number, entry.kind, about, entry.by, entry.at, word)
