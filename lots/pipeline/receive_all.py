"""Receive many files, in any order, and link what they bring; one that cannot be taken now never
stops the others.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from lots.answers import Received
from lots.errors import (
    CallError,
    DatabaseRefused,
    FileChanging,
    FileRefused,
    GateClosed,
    OtherSender,
)
from lots.pipeline import keep
from lots.pipeline.concurrent_reading import ReadAhead
from lots.pipeline.incoming import name_of
from lots.pipeline.link import link
from lots.pipeline.read_ahead import Ahead, Small, in_windows, read_ahead, unknown
from lots.pipeline.receive import FAULTS, Step, receive, resume, sentence_of
from lots.settings import Settings
from lots.store import refusals
from lots.visible import storable

Clock = Callable[[], datetime]


def receive_all(
    locations: Sequence[str],
    settings: Settings,
    *,
    by: str,
    now: Clock,
    sender: str = "",
    folders: Sequence[str] = (),
    tell: Callable[[Received], None] = lambda received: None,
) -> list[Received]:
    """What became of each file; first of all what a crash left is taken up again. Linking comes
    last.
    """
    # Said once for all of them: a file by itself would tell it as its own fault.
    keep.store(settings)
    # A call that names files does what it says; one that names none takes up what was left.
    taken = [] if locations else resume(settings, by=by, now=now())
    for received in each(locations, settings, by=by, now=now, sender=sender, folders=folders):
        taken.append(received)
        tell(received)
    # Once for all of them, and also where none was taken: another may have been broken off before
    # its linking.
    link(settings, now=now())
    return taken


def each(
    locations: Sequence[str],
    settings: Settings,
    *,
    by: str,
    now: Clock,
    sender: str = "",
    folders: Sequence[str] = (),
    person: bool = True,
    together: bool = True,
    step: Step = lambda name: None,
) -> Iterator[Received]:
    """What became of each file, one after the other; small ones of a record type are judged
    together before, unless each is to be read by itself. Nothing is linked.
    """
    alone = [(list(locations), list[Small]())]
    windows = in_windows(locations, settings, sender, folders) if together else alone
    for window, small in windows:
        step("ahead")
        ahead = _ahead(small, settings, now()) if len(small) > 1 else {}
        for location in window:
            yield one(
                location,
                settings,
                by=by,
                now=now,
                sender=sender,
                folders=folders,
                person=person,
                step=step,
                ahead=ahead.get(location),
            )


def _ahead(small: Sequence[Small], settings: Settings, now: datetime) -> Ahead:
    """What can be read of small files before they are received; raises DatabaseLost."""
    with suppress(DatabaseRefused), refusals.in_words():
        return read_ahead(unknown(small, settings), now)
    return {}


def one(
    location: str,
    settings: Settings,
    *,
    by: str,
    now: Clock,
    sender: str = "",
    folders: Sequence[str] = (),
    person: bool = True,
    step: Step = lambda name: None,
    ahead: ReadAhead | None = None,
) -> Received:
    """What became of a file; where it could not be taken at all, its sentence."""
    try:
        with refusals.in_words():
            return receive(
                location,
                settings,
                by=by,
                now=now(),
                sender=sender,
                folders=folders,
                person=person,
                step=step,
                ahead=ahead,
            )
    except (CallError, FileChanging, FileRefused, GateClosed, DatabaseRefused, *FAULTS) as error:
        name = storable(name_of(location))
        wrong = isinstance(error, OtherSender)
        return Received(
            0, name, sender, None, "not taken", {}, sentence_of(error, name), wrong=wrong
        )
