"""What arrives at the landing folder, in a scheduler's pieces: which files wait, one file, all of
them.
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TypedDict

from lots import private
from lots.errors import DatabaseLost, FileRefused, LotsError
from lots.settings import settings
from lots.visible import storable, visible

BY = "airflow"
NOT_TAKEN = "not taken"
# A task's log is read on a screen.
NAMED = 5
BYTES = "bytes:"


class Outcome(TypedDict):
    """What became of a file, small enough for a scheduler to keep: never a row of it."""

    file: str
    status: str
    record: str
    counts: dict[str, int]
    sentence: str


def waiting(stage: str) -> list[str]:
    """The stage's files in the landing folder that were not received. Raises CallError,
    DatabaseLost.
    """
    from lots.pipeline import keep, landing
    from lots.pipeline.incoming import landed

    place = settings().landing_url
    keep.store(settings())
    # A worker is a process of its own, with whatever umask it was started with.
    private.begin()
    return [_sendable(landed(location, place)) for location in landing.waiting(settings(), stage)]


def _sendable(location: str) -> str:
    """A place as a text that a scheduler can keep: one whose name is no UTF-8 by the numbers of its
    bytes.
    """
    # XCom is JSON in a database, which keeps no half characters.
    return location if storable(location) == location else BYTES + os.fsencode(location).hex()


def _sent(text: str) -> str:
    return os.fsdecode(bytes.fromhex(text.removeprefix(BYTES))) if text.startswith(BYTES) else text


def take(location: str) -> Outcome:
    """Receive a file of the landing folder, as `waiting` calls it; all but a lost database is a result. Raises
    DatabaseLost.
    """
    from lots.pipeline.incoming import inside, reached
    from lots.pipeline.receive_all import one

    private.begin()
    landing = (settings().landing_url,)
    path = reached(_sent(location), *landing)
    # A run's configuration is whoever may start runs, and names no file of ours.
    if not inside(path, landing):
        return Outcome(
            file=location,
            status=NOT_TAKEN,
            record="",
            counts={},
            sentence="It is not in the landing folder.",
        )
    try:
        got = one(
            path, settings(), by=BY, now=lambda: datetime.now(UTC), folders=landing, person=False
        )
    except DatabaseLost:
        raise
    except LotsError as error:  # one() tells of all others
        return Outcome(file=location, status=NOT_TAKEN, record="", counts={}, sentence=str(error))
    status = "already received" if got.again else got.status
    return Outcome(
        file=location,
        status=status,
        record=got.record or "",
        counts=dict(got.counts),
        sentence=got.sentence,
    )


def settle(asked: Sequence[str] | None, outcomes: Sequence[Outcome | None]) -> str:
    """A sentence when every file was received; raises FileRefused naming those that were not."""
    if asked is None:
        raise FileRefused("The landing folder could not be listed; nothing was received.")
    # A slice is one question to Airflow.
    became = {outcome["file"]: outcome for outcome in outcomes[:] if outcome}
    left = {
        location: became[location]["sentence"] if location in became else "its task failed"
        # By what was asked for, not by what came back: a task that died has no outcome at all.
        for location in asked
        if location not in became or became[location]["status"] == NOT_TAKEN
    }
    if left:
        named = (
            (visible(PurePosixPath(location).name), said)
            for location, said in list(left.items())[:NAMED]
        )
        told = "; ".join(f"{name} ({sentence})" for name, sentence in named)
        more = f"; and {len(left) - NAMED} more" if len(left) > NAMED else ""
        raise FileRefused(f"{len(left)} of {len(asked)} files were not received: {told}{more}")
    return f"{len(asked)} files were received."


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
