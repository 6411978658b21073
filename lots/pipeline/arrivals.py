"""What arrives at the landing place, in a scheduler's pieces: which files wait, one file, all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TypedDict

from lots.errors import DatabaseLost, FileRefused, LotsError
from lots.settings import settings

BY = "airflow"
NOT_TAKEN = "not taken"
NAMED = 5


class Outcome(TypedDict):
    """What became of a file, small enough for a scheduler to keep: never a row of it."""

    file: str
    status: str
    record: str
    counts: dict[str, int]
    sentence: str


def waiting(stage: str, place: str = "") -> list[str]:
    """The stage's files in the landing place, or another one, that were not received. Raises DatabaseLost."""
    from lots.pipeline import landing

    return landing.waiting(replace(settings(), landing_url=place or settings().landing_url), stage)


def take(place: str) -> Outcome:
    """Receive a file; all but a lost database is a result. Raises DatabaseLost."""
    from lots.pipeline.receive_all import one

    try:
        got = one(place, settings(), by=BY, now=lambda: datetime.now(UTC))
    except DatabaseLost:
        raise
    except LotsError as error:
        return Outcome(file=place, status=NOT_TAKEN, record="", counts={}, sentence=str(error))
    status = "already received" if got.again else got.status
    return Outcome(file=place, status=status, record=got.record or "", counts=dict(got.counts), sentence=got.sentence)


def settle(asked: Sequence[str] | None, outcomes: Sequence[Outcome | None]) -> str:
    """A sentence when every file was received; raises FileRefused naming those that were not."""
    if asked is None:
        raise FileRefused("The landing place could not be listed; nothing was received.")
    became = {outcome["file"]: outcome for outcome in outcomes[:] if outcome}  # a slice is one question to Airflow
    left = {
        place: became[place]["sentence"] if place in became else "its task failed"
        for place in asked
        if place not in became or became[place]["status"] == NOT_TAKEN
    }
    if left:
        told = "; ".join(f"{PurePosixPath(place).name} ({sentence})" for place, sentence in list(left.items())[:NAMED])
        more = f"; and {len(left) - NAMED} more" if len(left) > NAMED else ""
        raise FileRefused(f"{len(left)} of {len(asked)} files were not received: {told}{more}")
    return f"{len(asked)} files were received."


def link() -> str:
    """Link what is new. Raises DatabaseLost."""
    from lots.pipeline.link import link as weave

    return f"{weave(settings(), now=datetime.now(UTC)).entries} ledger entries were linked."


def watch() -> list[str]:
    """What is overdue. Raises DatabaseLost."""
    from lots.pipeline.watch import watch as look

    return list(look(settings(), now=datetime.now(UTC)).sentences)
