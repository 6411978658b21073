"""Put a backup back into an empty database, with its kept bytes. Whether it is the newest
there is, its copies outside tell (newest.py): until then no scan is answered.
"""

from dataclasses import replace
from pathlib import Path

from lots.answers.restored import Newest
from lots.errors import CallError, LedgerUnmatched
from lots.evidence import notes, tree
from lots.pipeline import keep, signing_key
from lots.pipeline.backup import DATABASE, RAW, Manifest, damaged, manifest
from lots.pipeline.newest import standing
from lots.settings import Settings
from lots.store import dumping
from lots.store.engine import engine
from lots.store.ledger import reading

NO_KEY = (
    "ledger.key was not in this home, and is in no backup: bring the old one back. A new one is made"
    " only where no copy of the ledger is outside, and nobody who holds the old one can verify by it."
)


def restore(settings: Settings, folder: Path) -> Newest:
    """Put all of it back, or nothing of the database. Raises CallError, DatabaseRefused,
    LedgerUnmatched.
    """
    made, has_key = manifest(folder), signing_key.made(settings)
    _check(settings, folder, made)
    dumping.make(settings)
    # Before the rows: where they stand, the bytes that they came from are kept too.
    for path in sorted((folder / RAW).glob("*/*")):
        keep.keep(str(path), settings)
    dumping.restore(settings, folder / DATABASE)
    dumping.analyse(settings)
    _expect_state(settings, made)
    found = standing(settings)
    return found if has_key else replace(found, said=(*found.said, NO_KEY))


def _check(settings: Settings, folder: Path, made: Manifest) -> None:
    if made.revision != dumping.newest():
        raise CallError(
            f"{folder}: backup: expected tables of revision {dumping.newest()}, got {made.revision};"
            " put it back with the version that made it, and raise it then: lots up."
        )
    if DATABASE not in made.files:
        raise CallError(f"{folder}: backup: expected {DATABASE} in it, got none.")
    for sentence in damaged(settings, folder, made):
        raise CallError(f"{folder}: backup: {sentence} Nothing was put back.")


def _expect_state(settings: Settings, made: Manifest) -> None:
    """The database is what the backup was made of: by its entries,
    and by the root that was signed.
    """
    with engine(settings=settings).connect() as connection:
        size = reading.size(connection)
        signed = notes.read(made.checkpoint)[0] if made.checkpoint else None
        root = tree.root_of(reading.edge_at(connection, signed.size)) if signed else None
    if size != made.entries or (signed and signed.root != root):
        raise LedgerUnmatched(
            f"The database that was put back has {size:,} entries; expected {made.entries:,}, as the"
            " checkpoint of the backup says. Use nothing of it: lots verify."
        )
