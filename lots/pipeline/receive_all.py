"""Receive many files, in any order, and link what they bring; one that cannot be taken now never stops the others."""

from collections.abc import Callable, Sequence
from datetime import datetime

from lots.errors import CallError, FileChanging, FileRefused, GateClosed
from lots.pipeline.link import link
from lots.pipeline.receive import Received, receive, resume
from lots.settings import Settings

Clock = Callable[[], datetime]


def receive_all(places: Sequence[str], settings: Settings, *, by: str, now: Clock, sender: str = "",
                tell: Callable[[Received], None] = lambda received: None) -> list[Received]:
    """What became of each file; first of all what a crash left is taken up again. Linking comes last."""
    taken = [] if places else resume(settings, by=by, now=now())
    for place in places:
        taken.append(one(place, settings, by=by, now=now, sender=sender))
        tell(taken[-1])
    link(settings, now=now())
    return taken


def one(place: str, settings: Settings, *, by: str, now: Clock, sender: str = "") -> Received:
    """What became of a file; where it could not be taken at all, its sentence."""
    try:
        return receive(place, settings, by=by, now=now(), sender=sender)
    except (CallError, FileChanging, FileRefused, GateClosed) as error:
        name = place.rsplit("/", 1)[-1]
        return Received(0, name, sender, None, "not taken", {}, str(error))
