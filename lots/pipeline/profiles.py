"""How senders' files are written: put and asked for in the database, the one place that every host
reads.

A profile on a host's own disk would be absent on another, and an absent one looks like none: the
same file would be read otherwise, by chance.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from lots.answers import Listed
from lots.answers.lists import ProfilePut
from lots.errors import CallError, NotFound
from lots.formats.profile import Profile, check_columns, check_units, parsed
from lots.pipeline.publish import publish
from lots.records import records
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.intake import profiles
from lots.store.intake.profiles import Put
from lots.store.ledger.appending import append
from lots.visible import visible

SUFFIX = ".toml"


def of_sender(connection: Connection, sender: str) -> Profile:
    """The profile that holds for a sender now, a plain one where it has none. Raises CallError."""
    return parsed(sender, profiles.text_of(connection, sender))


def texts(settings: Settings) -> Mapping[str, str]:
    """Every profile that holds now, as TOML, by its sender."""
    with engine(settings=settings).connect() as connection:
        return profiles.texts(connection)


def add(settings: Settings, paths: Iterable[Path], *, by: str, now: datetime) -> Listed[ProfilePut]:
    """Let each sender's files be read by a file called SENDER.toml, all of these or none. Raises
    CallError.
    """
    told = {path.stem: _text(path) for path in paths}
    # Before the first is put: a mistake in one is told while nothing has changed.
    for sender, text in told.items():
        check(sender, text)
    return _put(settings, told, by, now)


def check(sender: str, text: str) -> None:
    """Raise CallError for a text by which no file could be read."""
    profile = parsed(sender, text)
    check_units(profile, records())
    check_columns(profile, records())


def remove(
    settings: Settings, senders: Iterable[str], *, by: str, now: datetime
) -> Listed[ProfilePut]:
    """Let files of these senders be read as the template from now on. Raises NotFound."""
    wanted = dict.fromkeys(senders)
    for sender in wanted:
        text(settings, sender)  # raises NotFound where there is none
    return _put(settings, wanted, by, now)


def text(settings: Settings, sender: str) -> str:
    """The profile that holds for a sender, as it was put. Raises NotFound."""
    with engine("lots_reader", settings).connect() as connection:
        found = profiles.text_of(connection, sender)
    if found is None:
        raise NotFound(f"{visible(sender)} has no profile; its files are read as the template.")
    return found


def listed(settings: Settings) -> Listed[ProfilePut]:
    """The profiles that hold."""
    with engine("lots_reader", settings).connect() as connection:
        return _listed(one for one in profiles.last(connection) if one.text is not None)


def _put(
    settings: Settings, wanted: Mapping[str, str | None], by: str, now: datetime
) -> Listed[ProfilePut]:
    with engine(settings=settings).begin() as connection:
        there = profiles.texts(connection)
        for sender, said in wanted.items():
            # Said once: whoever puts a folder of them again changes nothing.
            if said != there.get(sender):
                profiles.put(connection, Put(sender, said, now, by))
                append(connection, "profile", {"sender": sender}, by, now)
        done = [one for one in profiles.last(connection) if one.sender in wanted]
    publish(settings, now=now)
    return _listed(done)


def _listed(found: Iterable[Put]) -> Listed[ProfilePut]:
    told = tuple(ProfilePut(one.sender, one.sha256, one.at, one.by) for one in found)
    return Listed("Profiles", ProfilePut, told, "No sender has a profile.")


def _text(path: Path) -> str:
    name = visible(path.name)
    if path.suffix != SUFFIX or visible(path.stem) != path.stem:
        raise CallError(f"{name}: profile: expected a file called SENDER{SUFFIX}, got another.")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        raise CallError(f"{name}: profile: expected a text in UTF-8, got: {said}.") from None
