"""The copy of an entry outside: what its leaf is of, and the leaves of the rows under it."""

from lots.evidence import wide
from lots.evidence.forms import Entry, entry_of
from lots.evidence.tree import SIZE

LENGTH = 4  # bytes that tell how long the form is


def written(entry: Entry, under: bytes) -> bytes:
    """The copy of an entry as it lies outside."""
    form = entry.form.encode()
    # The length goes first: where a form ends cannot be told from its bytes.
    return len(form).to_bytes(LENGTH, "big") + form + under


def read(data: bytes) -> tuple[Entry, bytes]:
    """An entry and the leaves of its rows. Raises ValueError where they are not of each other."""
    ends = LENGTH + int.from_bytes(data[:LENGTH], "big")
    entry, under = entry_of(data[LENGTH:ends].decode()), data[ends:]
    # A copy that lost its end, or got another's, must not be held against rows: it would accuse
    # them.
    if len(under) != entry.leaves * SIZE or wide.root(under) != entry.root:
        raise ValueError("expected as many leaves as the entry says, with its root")
    return entry, under
