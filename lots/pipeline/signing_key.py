"""The installation's key, by which checkpoints are signed: made when it is first needed, kept in
the home for its owner alone, and never in the database.
"""

import os
from pathlib import Path

from lots import private
from lots.errors import CallError
from lots.evidence import signing
from lots.evidence.notes import Key
from lots.settings import Settings

FILE = "ledger.key"


def private_key(settings: Settings) -> bytes:
    """The private key. Raises CallError where the file holds none."""
    path = settings.home / FILE
    if not path.exists():
        _make(path)
    told = path.read_text(encoding="ascii").strip()
    if len(told) != 64 or set(told) - set("0123456789abcdef"):
        raise CallError(
            f"{path}: key of the ledger: expected 64 hexadecimal digits, got something else; bring"
            " it back from a copy."
        )
    return bytes.fromhex(told)


def made(settings: Settings) -> bool:
    """Whether there is one already."""
    return (settings.home / FILE).exists()


def public_key(settings: Settings, origin: str) -> Key:
    """The key that others verify by."""
    return signing.public(private_key(settings), origin)


def _make(path: Path) -> None:
    private.folder(path.parent)
    partial = path.with_name(f".{FILE}-{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, private.FILE)
    with open(descriptor, "w", encoding="ascii") as out:
        out.write(signing.new().hex() + "\n")
        os.fsync(out.fileno())
    try:
        # A link fails where another process was first: then its key is the one.
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
