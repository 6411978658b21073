"""What a backup holds, and how far a database that was put back from one is the newest."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup: its folder, how many entries, files and bytes it has, the checkpoint that it ends
    with;
    lacking: what should be in it and is not, as sentences.
    """

    folder: str
    entries: int
    files: int
    bytes: int
    checkpoint: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideEntry:
    """An entry that stands outside and not in the database: what was done, to what, by whom, when;
    word: whether a person said it, who must say it again.
    """

    entry: int
    kind: str
    about: str
    by: str
    at: datetime
    word: bool


@dataclass(frozen=True, slots=True)
class Newest:
    """Whether a database is the newest there is, as far as its copies outside show: how many
    entries it has, how many stand outside, which of those it has not; said: what is to be done.
    """

    newest: bool
    entries: int
    outside: int  # entries in the copies outside
    missing: tuple[OutsideEntry, ...]
    said: tuple[str, ...]
