"""Checkpoints: signed notes as C2SP has them (signed-note, tlog-checkpoint), read and written."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass

ALGORITHM = b"\x01"  # Ed25519
DASH = "— "  # leads a signature


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a tree was, and its root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, by the key's name and the first bytes of its hash; and the signature."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A key that verifies: its name and its 32 bytes."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Its first bytes, by which a signature names it."""
        # As C2SP has it: a hint which key to try, and no more; the signature itself decides.
        return hashlib.sha256(self.name.encode() + b"\n" + ALGORITHM + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """As one line that is given to who verifies."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ALGORITHM + self.public).decode()}"


def key_of(text: str) -> Key:
    """The key in such a line. Raises ValueError."""
    name, _, rest = text.strip().partition("+")
    key_id, _, told = rest.partition("+")
    raw = _bytes(told)
    key = Key(name, raw[1:])
    if raw[:1] != ALGORITHM or len(raw) != 33 or key.key_id.hex() != key_id:
        raise ValueError("expected an Ed25519 key as name+hash+key")
    return key


def note(checkpoint: Checkpoint, signatures: list[Signature]) -> str:
    """A checkpoint with its signatures."""
    return signed_note(checkpoint.text, signatures)


def signed_note(text: str, signatures: list[Signature]) -> str:
    """A text with its signatures."""
    lines = (
        f"{DASH}{one.name} {b64encode(one.key_id + one.signature).decode()}\n" for one in signatures
    )
    return f"{text}\n{''.join(lines)}"


def read(text: str) -> tuple[Checkpoint, list[Signature]]:
    """The checkpoint and the signatures of a note. Raises ValueError."""
    body, parted, signed = text.partition("\n\n")
    lines = body.split("\n")
    if not parted or len(lines) < 3 or not lines[0] or not _is_number(lines[1]):
        raise ValueError("expected a checkpoint: origin, size, root, an empty line, signatures")
    checkpoint = Checkpoint(lines[0], int(lines[1]), _bytes(lines[2]))
    # What is signed is the text: one that is read otherwise than it was written would be another.
    if checkpoint.text != body + "\n":
        raise ValueError("expected a checkpoint of three lines")
    return checkpoint, [_signature(line) for line in signed.splitlines()]


def _signature(line: str) -> Signature:
    name, _, told = line.removeprefix(DASH).partition(" ")
    raw = _bytes(told)
    if not line.startswith(DASH) or not name or len(raw) < 5:
        raise ValueError("expected a signature: a dash, a name, base64")
    return Signature(name, raw[:4], raw[4:])


def _is_number(text: str) -> bool:
    # Of one number there is one spelling, so no leading zero; and isdigit() takes other scripts'
    # digits.
    return text.isascii() and text.isdigit() and str(int(text)) == text


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise ValueError("expected base64") from None
