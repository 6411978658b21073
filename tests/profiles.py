"""Senders' profiles for the tests: files of a folder, as the plain walk reads them, and put into a
database as `lots profile add` does, but unchecked, so that a wrong one can be put too.
"""

from pathlib import Path

from lots.formats.profile import Profile, parsed
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import profiles
from lots.store.intake.profiles import Put
from lots.store.ledger.appending import append
from tests.builders import NOW


def load(folder: Path, sender: str) -> Profile:
    """What a folder's file says of a sender; a plain one where there is none."""
    path = folder / f"{sender}.toml"
    return parsed(sender, path.read_text("utf-8") if sender and path.is_file() else None)


def put(settings: Settings, sender: str, text: str | None) -> None:
    """Let a sender's files be read by this text."""
    with engine(settings=settings).begin() as connection:
        profiles.put(connection, Put(sender, text, NOW, "tester"))
        append(connection, "profile", {"sender": sender}, "tester", NOW)


def put_all(settings: Settings, folder: Path) -> None:
    """Let files be read by those of a folder, where there is one."""
    for path in sorted(folder.glob("*.toml")):
        put(settings, path.stem, path.read_text("utf-8"))
