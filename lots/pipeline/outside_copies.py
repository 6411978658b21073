"""What the ledger's copies outside the database say, and whether they agree among themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lots.answers.verified import Fault, Tampering
from lots.evidence import entry_copy, notes, signing, tree, wide
from lots.evidence.forms import Entry
from lots.evidence.notes import Checkpoint, Key
from lots.pipeline import outside, signing_key
from lots.settings import Settings
from lots.store.ledger.reading import Stored

CHECKPOINTS = "checkpoints"


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies outside that agree with a checkpoint that is signed: each entry, its leaf and those of
    its rows; all checkpoints; the newest as it is written; and what is wrong with the copies.
    """

    note: str = ""
    entries: list[Entry] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    under: list[bytes] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def rows(self, stored: Stored) -> bytes | None:
        """The leaves of the rows under an entry as they were kept; None where no copy of it is
        proved by its entry's own leaf.
        """
        at = self._index(stored)
        return None if at is None else self.under[at]

    def as_held(self, stored: Stored) -> bytes | None:
        """The leaf of an entry over its rows as they were kept."""
        at = self._index(stored)
        return None if at is None else self.leaves[at]

    def _index(self, stored: Stored) -> int | None:
        # First where it should be; an entry that has moved is found by its leaf.
        if 0 < stored.entry <= len(self.leaves) and self._is(stored, stored.entry - 1):
            return stored.entry - 1
        leaf = stored.made.leaf
        return self.leaves.index(leaf) if leaf in self.leaves else None

    def _is(self, stored: Stored, at: int) -> bool:
        under = self.under[at]
        made = replace(stored.made, leaves=len(under) // tree.SIZE, root=wide.root(under))
        return made.leaf == self.leaves[at]


def copies(settings: Settings, origin: str | None, held: Sequence[str]) -> Copies:
    """The copies outside. origin: the ledger's name in the database; held: checkpoints that others
    kept.
    """
    newest = outside.read(settings, outside.NEWEST)
    told = [newest.decode(errors="replace")] if newest is not None else []
    read = outside.names(settings, CHECKPOINTS) if told else []
    told += [(outside.read(settings, name) or b"").decode(errors="replace") for name in read]
    found = Copies(note=told[0] if told else "")
    if told and origin and not signing_key.made(settings):
        return Copies(note=told[0], faults=[_wrong(signing_key.absent(settings))])
    key = signing_key.public_key(settings, origin) if origin else None
    for note in [*told, *held]:
        found.checkpoints.extend(_checked(note, key, found.faults))
    # What no signed checkpoint speaks of is not read: a killed verb may have left it there.
    size = max((one.size for one in found.checkpoints), default=0)
    found.faults.extend(_read(settings, size, found))
    found.faults.extend(_roots(found))
    return found


def _checked(note: str, key: Key | None, faults: list[Fault]) -> Iterator[Checkpoint]:
    """A checkpoint that is signed by the installation; else what is wrong with it is told."""
    try:
        checkpoint, signatures = notes.read(note)
    except ValueError:
        faults.append(_wrong("A checkpoint outside cannot be read."))
        return
    if key is None:
        faults.append(_wrong("Checkpoints are outside, and the database has no ledger's name."))
    elif checkpoint.origin != key.name:
        faults.append(_wrong(f"The checkpoint of size {checkpoint.size:,} is of another ledger."))
    elif not any(signing.verifies(key, checkpoint, one) for one in signatures):
        faults.append(
            _wrong(f"The checkpoint of size {checkpoint.size:,} is not signed by this key.")
        )
    else:
        yield checkpoint


def _read(settings: Settings, size: int, found: Copies) -> Iterator[Fault]:
    """The entries' copies, as far as they are there."""
    for entry in range(1, size + 1):
        try:
            one, under = entry_copy.read(outside.read(settings, outside.entry_name(entry)) or b"")
        except ValueError:
            yield _wrong(f"The copy of entry {entry} outside is missing or damaged.", entry)
            return
        found.entries.append(one)
        found.leaves.append(one.leaf)
        found.under.append(under)


def _roots(found: Copies) -> Iterator[Fault]:
    """Checkpoints whose root is not that of the copies."""
    roots, edge = {0: tree.EMPTY}, list[bytes]()
    for at, leaf in enumerate(found.leaves):
        edge = tree.grown(edge, at, leaf)
        roots[at + 1] = tree.root_of(edge)
    for one in found.checkpoints:
        if one.size in roots and roots[one.size] != one.root:
            yield _wrong(
                f"The copies outside are not those that the checkpoint of size {one.size:,} was signed"
                " over."
            )


def _wrong(told: str, entry: int | None = None) -> Fault:
    return Fault(Tampering.OUTSIDE, entry, "", told)
