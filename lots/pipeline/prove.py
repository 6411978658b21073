"""A proof that a row was accepted and is as it was: a file for whoever trusts neither us nor this
software (docs/ledger.md).
"""

from datetime import datetime

from lots.errors import CallError, LedgerUnmatched, NotFound
from lots.evidence import notes, tree, wide
from lots.evidence.forms import row_leaf
from lots.evidence.proofs import Proof
from lots.grammar.schema import Record
from lots.pipeline.publish import publish
from lots.pipeline.show import key_named
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.ledger import proving, reading
from lots.store.ledger.proving import Shown
from lots.store.ledger.reading import Stored
from lots.store.schema.readers import tells_more


def prove(settings: Settings, name: str, key: str, *, disclosed: bool, now: datetime) -> str:
    """The proof of the newest version of a key, as a text. disclosed: it holds the row's values,
    and whoever asks may see persons' keys among them. Raises NotFound, CallError, LedgerUnmatched.
    """
    record = record_of(name)
    parts = key_named(record, key)
    if tells_more(record) and not disclosed:
        raise CallError(
            f"A proof holds the row's values, and a {record.name} names persons, or has a hash by which"
            " they are guessed; expected --disclose, and that whoever gets it may see them."
        )
    # What is proved stands under a checkpoint; rows of a moment ago do not yet.
    publish(settings, now=now)
    with engine(settings=settings).connect() as connection, connection.begin():
        reading.snapshot(connection)
        place = proving.newest(connection, record, parts)
        if place is None:
            raise NotFound(f"No {record.name} of that key was ever accepted.")
        return of_row(connection, record, *place).text


def of_row(connection: Connection, record: Record, receipt: int, line: int) -> Proof:
    """The proof of one accepted row. Raises LedgerUnmatched where it is not as it was."""
    entries, note = reading.entries(connection), reading.checkpoint(connection)
    stored = next((one for one in entries if one.receipt == receipt), None)
    # First, since the row's entry stands still, and proves nothing of this row any more.
    for one in reading.redacted(connection):
        if (one.relation, one.place) == (f"accepted.{record.name}", f"{receipt}:{line}"):
            raise LedgerUnmatched(
                f"Row {receipt}:{line} was redacted under entry {one.by_entry}: of what it was nothing is"
                " left that could be proved."
            )
    if stored is None:
        raise LedgerUnmatched(
            f"Row {receipt}:{line} stands under no entry; `lots verify` says more."
        )
    shown = proving.shown(connection, record, stored, line)
    under = [row.leaf for row in reading.rows(connection, stored)]
    size = notes.read(note)[0].size
    return Proof(
        shown.salt,
        shown.form,
        shown.content,
        index := _index(stored, shown, under),
        len(under),
        wide.groups(b"".join(under), index),
        stored.made.form,
        stored.entry,
        # Over the checkpoint's size, which others hold: entries of since are in no signed root.
        tree.inclusion([one.made.leaf for one in entries[:size]], stored.entry - 1),
        note,
    )


def _index(stored: Stored, shown: Shown, under: list[bytes]) -> int:
    leaf = row_leaf(shown.salt, shown.form)
    # Never a proof that its reader would refuse: that it cannot be made is to be told here.
    if leaf not in under or wide.root(b"".join(under)) != stored.made.root:
        raise LedgerUnmatched(
            f"The rows under entry {stored.entry} are not those that it was made over: nothing of them"
            " can be proved. `lots verify` says which."
        )
    return under.index(leaf)
