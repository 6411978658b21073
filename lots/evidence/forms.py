"""What is hashed, as text: parts led by a mark, as in docs/canonical.md;
and what a row's leaf is.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lots.evidence.tree import leaf_hash

MARK = "\x1e"
ENTRY, LEAF = "plasma-lots entry 1", "plasma-lots leaf 1"
ROW_LEAF = b"plasma-lots leaf 2"  # of an accepted row, whose form is bytes at fixed places
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry's leaf is of: what happened, to what, when, by whom, and the rows under it."""

    kind: str
    reference: Mapping[str, str]
    at: datetime
    by: str
    leaves: int
    root: bytes

    @property
    def form(self) -> str:
        """Its text. Its number is no part of it: that is its place in the tree."""
        parts = {
            "kind": self.kind,
            "at": instant(self.at),
            "by": self.by,
            **{f"of.{name}": self.reference[name] for name in sorted(self.reference)},
            "leaves": str(self.leaves),
            "root": self.root.hex(),
        }
        # In this order, always: it is hashed as it stands (docs/ledger.md).
        return joined(ENTRY, parts)

    @property
    def leaf(self) -> bytes:
        """The hash of its form, as a leaf of the tree."""
        return leaf_hash(self.form.encode())


def entry_of(form: str) -> Entry:
    """The entry of a form. Raises ValueError where it is none, or another spelling of one."""
    first, parts = parted(form)
    try:
        told = {n.removeprefix("of."): v for n, v in parts.items() if n.startswith("of.")}
        at, root = moment(parts["at"]), bytes.fromhex(parts["root"])
        made = Entry(parts["kind"], told, at, parts["by"], int(parts["leaves"]), root)
    except KeyError:
        raise ValueError("expected the parts of an entry") from None
    # Whatever is read otherwise than it was written would have another hash.
    if first != ENTRY or made.form != form:
        raise ValueError("expected an entry's form")
    return made


def joined(first: str, parts: Mapping[str, str]) -> str:
    """A form: its first words, and each part that has a value; a mark within one stands twice."""
    return first + "".join(f"{MARK}{name}={_doubled(value)}" for name, value in parts.items())


def parted(form: str) -> tuple[str, dict[str, str]]:
    """A form's first words and its parts by name."""
    # From left to right: two marks are one of a value, one begins the next part. No text has a NUL.
    first, *parts = form.replace(MARK * 2, "\0").split(MARK)
    each = [part.replace("\0", MARK).partition("=") for part in parts]
    return first, {name: value for name, _, value in each}


def instant(at: datetime) -> str:
    """Microseconds since 2000 as 64 bits in two's complement, in hexadecimal digits."""
    # By whole numbers alone: total_seconds() is a float, and loses microseconds.
    since = at - EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return (micros % (1 << 64)).to_bytes(8, "big").hex()


def moment(told: str) -> datetime:
    """The instant in such digits. Raises ValueError."""
    micros = int.from_bytes(bytes.fromhex(told), "big", signed=True)
    try:
        return EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        # 64 bits reach further than years do.
        raise ValueError("expected an instant of our calendar") from None


def row_leaf(salt: bytes, form: bytes) -> bytes:
    """The leaf of a row: nobody who does not know its salt can try what may stand in it."""
    return hashlib.sha256(b"\x00" + salt + form).digest()


def _doubled(text: str) -> str:
    return text.replace(MARK, MARK * 2)
