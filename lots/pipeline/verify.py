"""Compute the ledger again from the rows, and hold it against its copies outside
(docs/ledger.md).
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from lots.answers.verified import Fault, RedactedRow, Tampering, Verified
from lots.evidence import tree, wide
from lots.evidence.differing import Difference, differences
from lots.pipeline import kept_files, signing_key, told_accounts
from lots.pipeline.outside_copies import Copies, copies
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.ledger import entering, reading
from lots.store.ledger.reading import Leaves, PutBack, Redacted, Row, Stored
from lots.visible import visible

SAME_ACCOUNT = (
    "The database and the key that signs are of one account here: whoever has it can make all of this"
    " anew. Only checkpoints and copies that others hold count."
)
WORDS = {
    "changed": "was changed",
    "inserted": "was put in",
    "removed": "was removed",
    "reordered": "is in another place",
}
SHOWN = 100  # faults of one entry: the whole file is altered then


def verify(settings: Settings, held: Sequence[str] = ()) -> Verified:
    """Verify all of it. held: checkpoints that others kept, as texts. Raises LedgerUnmatched where
    the copies outside cannot be read, or this home has not the key that signs them.
    """
    signing_key.expect_made(settings)
    with engine(settings=settings).connect() as connection, connection.begin():
        reading.snapshot(connection)
        entries = reading.entries(connection)
        found = copies(settings, reading.origin(connection), held)
        faults = [*found.faults, *_noted(reading.stands(connection).noted, found, settings)]
        faults += _entries(connection, entries, found)
        faults += _uncovered(connection, entries)
        waits = tuple(_waiting(connection))
        # An older copy has nothing of what came after it; a cut leaves something, mostly.
        faults += _tree(entries, found, left=any(fault.entry is None for fault in faults))
        words, redacted = reading.words(connection), reading.redacted(connection)
        files, altered = kept_files.verified(connection, settings)
        faults += [*altered, *told_accounts.verified(connection)]
    return Verified(
        intact=not faults,
        entries=len(entries),
        rows=sum(stored.made.leaves for stored in entries),
        files=files,
        checkpoints=len(found.checkpoints),
        checkpoint=found.note,
        faults=tuple(faults),
        redacted=tuple(map(_redacted, redacted)),
        said=(*_said(settings, entries, found, words), *waits),
    )


def _redacted(one: Redacted) -> RedactedRow:
    name = f"{one.relation.split('.')[1]} {one.place}"
    told = f"Under entry {one.entry} {name} was redacted under entry {one.by_entry}."
    return RedactedRow(one.entry, name, one.by_entry, told)


def _noted(noted: int, found: Copies, settings: Settings) -> Iterator[Fault]:
    if noted > len(found.leaves):
        told = (
            f"A checkpoint over {noted:,} entries was written outside, and {settings.ledger} ends with"
            f" {len(found.leaves):,}: copies were taken away, or are older ones."
        )
        yield Fault(Tampering.OUTSIDE, None, "", told)


def _said(
    settings: Settings, entries: list[Stored], found: Copies, words: Sequence[PutBack]
) -> Iterator[str]:
    if settings.database_url is None:
        yield SAME_ACCOUNT
    for one in words:
        yield (
            f"Entries {one.begin:,} to {one.end:,} are known from outside alone: this database was put"
            f" back from a copy, and {visible(one.by)} said so."
        )
    if not found.leaves:
        yield f"No copy of the ledger is in {settings.ledger}: an end that was cut off is not seen."
    elif len(entries) > len(found.leaves):
        later = len(entries) - len(found.leaves)
        yield f"The newest {later:,} entries have no checkpoint outside yet; the next verb writes it."


def _waiting(connection: Connection) -> Iterator[str]:
    if count := entering.waiting(connection):
        yield (
            f"{count:,} scans and bookings stand under no entry yet: the service enters them within"
            f" {entering.WINDOW} seconds, and each verb at its end. Of these nothing is proved."
        )


# --- entries, and the rows under them
# -----------------------------------------------------------------


def _entries(connection: Connection, entries: list[Stored], found: Copies) -> Iterator[Fault]:
    """What differs under each entry."""
    every, gone = reading.by_act(connection), reading.gone(connection)
    for stored in entries:
        under, others = reading.of_receipt(connection, stored)
        joined = _joined(
            connection,
            stored,
            {**every.pop(stored.act, {}), **under},
            # Neither is joined from what was computed at once: row by row, by what is kept of each.
            stored.act in gone or stored.secret is None,
        )
        named = [*_of_entry(connection, stored, found, joined)]
        yield from named
        if others:
            yield from _others(connection, stored, others, {fault.row for fault in named})
    # Of an act that nobody entered there may be no secret either: such rows are looked for by
    # themselves.
    for act in reading.acts_unentered(connection):
        yield from _unentered(connection, act)


def _of_entry(
    connection: Connection, stored: Stored, found: Copies, joined: bytes
) -> Iterator[Fault]:
    """What differs of the leaves of its rows, and of their root and count."""
    held = found.rows(stored)
    if held is not None and joined != held:
        yield from _rows(connection, stored, held)
    elif held is None and wide.root(joined) != stored.made.root:
        yield Fault(
            Tampering.CHANGED,
            stored.entry,
            "",
            f"Under entry {stored.entry} something was changed, removed or put in; no copy of its"
            " leaves outside tells which row.",
        )
    elif wide.root(joined) != stored.made.root or len(joined) != stored.made.leaves * tree.SIZE:
        yield _entry(stored, "its root or count is not that of its rows")


def _others(connection: Connection, stored: Stored, count: int, named: set[str]) -> Iterator[Fault]:
    """Rows that are known by another hash than their leaf, which is made of their values, tells of."""
    what = f"Under entry {stored.entry} ({_what(stored)})"
    for name in reading.others(connection, stored, SHOWN):
        if name not in named:
            told = f"{what} {name} is known by a hash that is not that of its values."
            yield Fault(Tampering.CHANGED, stored.entry, name, told)
    if count > SHOWN:
        told = f"{what} {count - SHOWN:,} more rows are known by such a hash."
        yield Fault(Tampering.CHANGED, stored.entry, "", told)


def _joined(connection: Connection, stored: Stored, under: Leaves, singly: bool) -> bytes:
    if singly:
        return b"".join(row.leaf for row in reading.rows(connection, stored))
    return b"".join(under[name] for name in sorted(under))


def _rows(connection: Connection, stored: Stored, held: bytes) -> Iterator[Fault]:
    rows = reading.rows(connection, stored)
    before = [held[at : at + tree.SIZE] for at in range(0, len(held), tree.SIZE)]
    for number, one in enumerate(differences([row.leaf for row in rows], before)):
        if number == SHOWN:
            told = f"Under entry {stored.entry} more rows differ than are told one by one."
            yield Fault(Tampering.CHANGED, stored.entry, "", told)
            return
        yield _row(stored, rows, one, len(before))


def _row(stored: Stored, rows: list[Row], one: Difference, count: int) -> Fault:
    if one.own is None or one.own >= len(rows):
        at = one.held or 0
        name = f"row {at + 1} of {count}{_beside(rows, at)}"
    else:
        name = f"{rows[one.own].relation.split('.')[1]} {rows[one.own].place}"
    sentence = f"Under entry {stored.entry} ({_what(stored)}) {name} {WORDS[one.kind]}."
    return Fault(Tampering(one.kind), stored.entry, name.rstrip(","), sentence)


def _beside(rows: list[Row], at: int) -> str:
    """Between which rows one stood that is no more."""
    found = [f"after {rows[at - 1].relation} {rows[at - 1].place}"] if 0 < at <= len(rows) else []
    if at < len(rows):
        found.append(f"before {rows[at].relation} {rows[at].place}")
    return f", {' and '.join(found)}," if found else ""


def _what(stored: Stored) -> str:
    about = " ".join(f"{name} {visible(value)}" for name, value in stored.made.reference.items())
    return f"{stored.made.kind} {about}".strip()


def _unentered(connection: Connection, act: UUID) -> Iterator[Fault]:
    for relation, place in reading.places(connection, act)[:SHOWN]:
        name = f"{relation.split('.')[1]} {place}"
        yield Fault(Tampering.INSERTED, None, name, f"{name} stands under no entry.")


def _uncovered(connection: Connection, entries: list[Stored]) -> Iterator[Fault]:
    receipts = {stored.receipt for stored in entries if stored.receipt is not None}
    for relation, receipt, count in reading.unentered(connection, receipts):
        name = f"{relation.split('.')[1]} of receipt {receipt}"
        told = f"{count:,} rows, {name}, stand under no entry."
        yield Fault(Tampering.INSERTED, None, name, told)


# --- the tree -------------------------------------------------------------------------------------


def _tree(entries: list[Stored], found: Copies, *, left: bool) -> Iterator[Fault]:
    """What differs among the entries themselves."""
    # With its rows as they were kept: what is altered under an entry is told of the row.
    own = [found.as_held(stored) or stored.made.leaf for stored in entries]
    beginning = found.leaves[: len(own)] if own == found.leaves[: len(own)] else found.leaves
    for one in differences(own[: len(found.leaves)], beginning):
        if one.own is None:
            told = f"Entry {(one.held or 0) + 1} was removed."
            yield Fault(Tampering(one.kind), (one.held or 0) + 1, "", told)
        else:
            yield _entry(entries[one.own], WORDS[one.kind], one.kind)
    # A checkpoint that others hold may know of more than the copies outside do by now.
    held = max((one.size for one in found.checkpoints), default=0)
    if len(own) < held and (beginning != found.leaves or held > len(found.leaves)):
        yield _cut(len(own), held, left=left)
    yield from _edges(entries)


def _cut(there: int, held: int, *, left: bool) -> Fault:
    told = (
        f"The database ends with entry {there:,}, and a checkpoint outside has {held:,}: entries"
        f" {there + 1:,} to {held:,} were cut off, or this is an older copy of the database."
    )
    kind = Tampering.CUT_OFF if left else Tampering.OLDER
    return Fault(kind, there + 1, "", told)


def _edges(entries: list[Stored]) -> Iterator[Fault]:
    """Entries that are not numbered in a row, or whose edge is not that of those before them."""
    edge: list[bytes] = []
    for at, stored in enumerate(entries):
        edge = tree.grown(edge, at, stored.made.leaf)
        if stored.entry != at + 1:
            told = f"Entry {at + 1} is missing: {stored.entry} comes in its place."
            yield Fault(Tampering.REMOVED, at + 1, "", told)
            return
        if stored.edge != edge:
            yield _entry(stored, "does not follow from those before it")
            return


def _entry(stored: Stored, said: str, kind: str = "changed") -> Fault:
    told = f"Entry {stored.entry} ({_what(stored)}): {said}."
    return Fault(Tampering(kind), stored.entry, "", told)
