"""What a trace of a patient or a party says of itself, as the database says it and as the walk does."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from lots.answers.certificate import Sort
from lots.errors import NotFound
from lots.pipeline.implicate import Subject
from lots.pipeline.trace import tree
from lots.store.engine import Connection
from tests.acceptance.certificates import PATIENTS, Pair
from tests.walk.bounds import certificate
from tests.walk.ends import CONTESTED, WITHOUT, End
from tests.walk.heard import File
from tests.walk.way import Told

Kinds = Counter[
    tuple[str, str, str]
]  # how many open ends there are of a record and link, and a sort


@dataclass
class Said:
    """What a trace says of itself; of open ends how many of each kind."""

    complete: bool
    figures: dict[str, Pair]
    changes: Kinds
    might: Kinds
    unknown: int
    senders: dict[str, int]


def of_database(
    connection: Connection, kind: str, name: str, through: datetime | None = None
) -> Said | None:
    """What the database says; nothing where it knows no such thing."""
    try:
        trace = tree(connection, Subject(kind, name), through)
    except NotFound:
        return None
    said, bounds = (
        trace.certificate,
        {f.name: getattr(trace.bounds, f.name) for f in fields(trace.bounds)},
    )
    kinds: dict[str, Kinds] = {"changes": Counter(), "might": Counter()}
    unknown = 0
    for reason in said.reasons:
        if reason.sort == Sort.UNRECORDED:
            unknown += reason.rows
        elif not (reason.sort == Sort.PARKED and not reason.link):  # what a question tells in words
            link = reason.link.partition(".")[0] if reason.sort == Sort.WITHOUT else reason.link
            group = "changes" if reason.sort == Sort.CONTESTED else "might"
            kinds[group][reason.record, link, str(reason.sort)] += reason.rows
    return Said(
        said.complete,
        {figure: (b.least, b.most) for figure, b in bounds.items()},
        kinds["changes"],
        kinds["might"],
        unknown,
        {one.sender: one.packs for one in said.not_heard},
    )


def of_walk(
    told: Told, files: list[File], kind: str, name: str, through: datetime | None = None
) -> Said:
    """What the walk says."""
    said = certificate(told, kind, name, files, through)
    return Said(
        said.complete,
        {**said.vials, **{f"patients_{PATIENTS[k]}": pair for k, pair in said.patients.items()}},
        Counter((end.record, "", CONTESTED) for end in said.changes),
        Counter(map(_kind, said.might)),
        len(said.unknown),
        {sender: silence.packs for sender, silence in said.silent.items()},
    )


def _kind(end: End) -> tuple[str, str, str]:
    link = end.link.partition(".")[0] if end.sort == WITHOUT else end.link
    return end.record, link, end.sort


def differences(database: Said, walk: Said) -> Iterator[str]:
    """Where the two are not the same, in words."""
    for one in fields(Said):
        said, walked = getattr(database, one.name), getattr(walk, one.name)
        if isinstance(said, dict):
            for key in sorted({*said, *walked}):
                if said.get(key) != walked.get(key):
                    yield f"{one.name} {key}: {said.get(key)}, walk {walked.get(key)}"
        elif said != walked:
            yield f"{one.name}: {said}, walk {walked}"
