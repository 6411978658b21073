"""The key by which checkpoints are signed: made where nothing was signed yet, kept in the home for its
owner alone, and never in the database. All hosts of a database have the same.
"""

import os
from pathlib import Path

from lots import private
from lots.errors import CallError, LedgerUnmatched
from lots.evidence import notes, signing
from lots.evidence.notes import Key
from lots.pipeline import outside
from lots.settings import Settings

FILE = "ledger.key"
OTHER = (
    "{}: key of the ledger: expected the one that signed the newest checkpoint outside, got {}; copy it"
    " from the home that has it. Without it nothing is signed or verified here."
)


def private_key(settings: Settings) -> bytes:
    """The private key. Raises CallError where the file holds none, LedgerUnmatched where it is another
    home's that signs.
    """
    path = settings.home / FILE
    if not path.exists():
        # A second key would sign what nobody who holds the first can verify.
        expect_made(settings)
        _make(path)
    told = path.read_text(encoding="ascii").strip()
    if len(told) != 64 or set(told) - set("0123456789abcdef"):
        raise CallError(
            f"{path}: key of the ledger: expected 64 hexadecimal digits, got something else; bring"
            " it back from a copy."
        )
    return bytes.fromhex(told)


def expect_made(settings: Settings) -> None:
    """Raise LedgerUnmatched where something was signed, and this home has no key."""
    if not made(settings) and outside.read(settings, outside.NEWEST) is not None:
        raise LedgerUnmatched(absent(settings))


def expect_signer(settings: Settings) -> None:
    """Raise LedgerUnmatched unless this home's key signed the newest checkpoint outside, where there is
    one.
    """
    expect_made(settings)
    told = outside.read(settings, outside.NEWEST)
    if told is None:
        return
    checkpoint, signatures = notes.read(told.decode())
    key = public_key(settings, checkpoint.origin)
    if not any(signing.verifies(key, checkpoint, one) for one in signatures):
        raise LedgerUnmatched(OTHER.format(settings.home / FILE, "another"))


def absent(settings: Settings) -> str:
    """The sentence for a home without the key."""
    return OTHER.format(settings.home / FILE, "none")


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
