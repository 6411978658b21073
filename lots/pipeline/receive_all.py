"""Receive many files, in any order, and link what they bring; one that cannot be taken now never
stops the others.
"""

from collections.abc import Callable, Sequence
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
from lots.pipeline.incoming import name_of
from lots.pipeline.link import link
from lots.pipeline.receive import FAULTS, receive, resume, sentence_of
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
    # A call that names files does what it says; one that names none takes up what was left.
    taken = [] if locations else resume(settings, by=by, now=now())
    for location in locations:
        taken.append(one(location, settings, by=by, now=now, sender=sender, folders=folders))
        tell(taken[-1])
    # Once for all of them, and also where none was taken: another may have been broken off before
    # its linking.
    link(settings, now=now())
    return taken


def one(
    location: str,
    settings: Settings,
    *,
    by: str,
    now: Clock,
    sender: str = "",
    folders: Sequence[str] = (),
    person: bool = True,
) -> Received:
    """What became of a file; where it could not be taken at all, its sentence."""
    try:
        with refusals.in_words():
            return receive(
                location, settings, by=by, now=now(), sender=sender, folders=folders, person=person
            )
    except (CallError, FileChanging, FileRefused, GateClosed, DatabaseRefused, *FAULTS) as error:
        name = storable(name_of(location))
        wrong = isinstance(error, OtherSender)
        return Received(
            0, name, sender, None, "not taken", {}, sentence_of(error, name), wrong=wrong
        )
