"""What arrives at the landing folder, in a scheduler's pieces: which files wait, one file, all of
them.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypedDict

from lots import private
from lots.errors import DatabaseLost, FileRefused, LotsError
from lots.settings import settings
from lots.visible import storable, visible

BY = "airflow"
NOT_TAKEN, AGAIN = "not taken", "already received"
OUTSIDE = "It is not in the landing folder."
# Airflow maps a task over no more than 1,024.
TASKS_MOST = 1_000
BYTES = "bytes:"
Step = Callable[[str], None]


class Outcome(TypedDict):
    """What became of a file, small enough for a scheduler to keep: never a row of it."""

    file: str
    status: str
    record: str
    counts: dict[str, int]
    sentence: str


def waiting(stage: str) -> list[list[str]]:
    """The stage's files in the landing folder that were not received, by the handful that one task
    takes. Raises CallError, DatabaseLost.
    """
    from lots.pipeline import keep, landing
    from lots.pipeline.handfuls import handfuls
    from lots.pipeline.incoming import landed

    place = settings().landing_url
    keep.store(settings())
    # A worker is a process of its own, with whatever umask it was started with.
    private.begin()
    found = handfuls(landing.waiting(settings(), stage))
    # What waits beyond that is asked for by the next run.
    return [
        [_sendable(landed(file.location, place)) for file in some] for some in found[:TASKS_MOST]
    ]


def _sendable(location: str) -> str:
    """A place as a text that a scheduler can keep: one whose name is no UTF-8 by the numbers of its
    bytes.
    """
    # XCom is JSON in a database, which keeps no half characters.
    return location if storable(location) == location else BYTES + os.fsencode(location).hex()


def _sent(text: str) -> str:
    return os.fsdecode(bytes.fromhex(text.removeprefix(BYTES))) if text.startswith(BYTES) else text


def take(
    names: Sequence[str], *, again: bool = False, step: Step = lambda name: None
) -> list[Outcome]:
    """Receive files of the landing folder, as `waiting` calls them, each by itself; all but a lost
    database is a result. again: another try began with them, and what it concluded stands. Raises
    DatabaseLost.
    """
    from lots.pipeline.incoming import inside
    from lots.pipeline.landing import marks, unseen

    private.begin()
    called = _located(names)
    # A run's configuration is whoever may start runs, and names no file of ours.
    ours = [location for location in called if inside(location, (settings().landing_url,))]
    left = unseen(settings(), marks(ours))
    # From its other end, and last what was begun: a file that ended the try before, perhaps before
    # anything was noted of it, then ends no other one's.
    order = sorted(reversed(left) if again else left, key=lambda location: left[location])
    told = {location: _outcome(name, NOT_TAKEN, OUTSIDE) for location, name in called.items()}
    told |= {location: _outcome(called[location], AGAIN) for location in ours}
    told |= _taken({place: called[place] for place in order}, again=again, step=step)
    return [*told.values()]


def _located(names: Sequence[str]) -> dict[str, str]:
    """Where files lie that `waiting` calls so, and what each is called."""
    from lots.pipeline.incoming import reached

    return {reached(_sent(name), settings().landing_url): name for name in names}


def _taken(called: Mapping[str, str], *, again: bool, step: Step) -> dict[str, Outcome]:
    """What became of files that lie there and are called so, one after the other. Raises
    DatabaseLost.
    """
    from lots.pipeline.receive_all import each

    told: dict[str, Outcome] = {}
    taken = each(
        [*called],
        settings(),
        by=BY,
        now=lambda: datetime.now(UTC),
        folders=(settings().landing_url,),
        person=False,
        together=not again,
        step=step,
    )
    try:
        for location, got in zip(called, taken, strict=True):
            status = AGAIN if got.again else got.status
            told[location] = _outcome(
                called[location], status, got.sentence, record=got.record, counts=got.counts
            )
    except DatabaseLost:
        raise
    except (
        LotsError
    ) as error:  # what is wrong with a file each() tells; this is of all that are left
        told |= {
            location: _outcome(name, NOT_TAKEN, str(error))
            for location, name in called.items()
            if location not in told
        }
    return told


def _outcome(
    file: str,
    status: str,
    sentence: str = "",
    *,
    record: str | None = None,
    counts: Mapping[str, int] = MappingProxyType({}),
) -> Outcome:
    return Outcome(
        file=file, status=status, record=record or "", counts=dict(counts), sentence=sentence
    )


def settle(asked: Sequence[list[str]] | None, outcomes: Sequence[list[Outcome] | None]) -> str:
    """A sentence when every file was received; raises FileRefused with a line for each that was
    not, and DatabaseLost.
    """
    if asked is None:
        raise FileRefused("The landing folder could not be listed; nothing was received.")
    names = [name for some in asked for name in some]
    # A slice is one question to Airflow.
    became = {outcome["file"]: outcome for some in outcomes[:] if some for outcome in some}
    # By what was asked for, not by what came back: a task that died has no outcome at all.
    became |= {one["file"]: one for one in _untold([n for n in names if n not in became])}
    lines = [
        f"\n{visible(PurePosixPath(name).name)}: {visible(became[name]['sentence'])}"
        for name in names
        if became[name]["status"] == NOT_TAKEN
    ]
    if lines:
        raise FileRefused(f"{len(lines)} of {len(names)} files were not received:{''.join(lines)}")
    return f"{len(names)} files were received."


def _untold(names: Sequence[str]) -> list[Outcome]:
    """What became of files whose task failed: with some of them it came to an end before."""
    from lots.pipeline.landing import marks, unseen

    called = _located(names)
    left = unseen(settings(), marks(called))
    return [
        _outcome(name, NOT_TAKEN, "its task failed") if place in left else _outcome(name, AGAIN)
        for place, name in called.items()
    ]


def take_up() -> list[str]:
    """Conclude what a host left that died, and link it; what is at work elsewhere is left alone. A
    sentence for each. Raises DatabaseLost.
    """
    from lots.pipeline.receive import resume

    private.begin()
    taken = resume(settings(), by=BY, now=datetime.now(UTC), wait=False)
    return [
        f"Receipt {one.receipt}, {visible(one.file_name)}, is {one.status.replace('_', ' ')}."
        for one in taken
    ] + ([link()] if taken else [])


def link() -> str:
    """Link what is new. Raises DatabaseLost."""
    from lots.pipeline.link import link as link_entries

    return f"{link_entries(settings(), now=datetime.now(UTC)).entries} ledger entries were linked."


def watch() -> list[str]:
    """What is overdue. Raises DatabaseLost."""
    from lots.pipeline.watch import watch as look

    return list(look(settings(), now=datetime.now(UTC)).sentences)
