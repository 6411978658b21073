"""A certificate in one shape: as the database says it, and as the walk does (docs/certificate.md)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from lots.errors import NotFound
from lots.pipeline.belongs import Belonging
from lots.pipeline.counted import counted
from lots.pipeline.implicate import Subject, reached
from lots.pipeline.period import Period
from lots.questions import questions
from lots.store.answers import contests, holders, statements
from lots.store.engine import Connection
from tests.walk.bounds import certificate
from tests.walk.ends import CONTESTED, REFUSED, WITHOUT, End
from tests.walk.heard import File
from tests.walk.way import Told

Pair = tuple[int, int | None]
PATIENTS = {"given": "given", "prepared": "not_given", "dispensed": "dispensed_only"}


@dataclass
class Said:
    """What an answer says of itself. senders: how many packs are with each who was not heard whole.
    out: how many open ends of each kind are left out, and why.
    """

    complete: bool
    figures: dict[str, Pair]
    changes: set[End]
    might: set[End]
    unknown: set[tuple[str, ...]]
    senders: dict[str, int]
    out: Counter[tuple[End, str]]


def of_database(
    connection: Connection, kind: str, name: str, through: datetime | None = None
) -> Said | None:
    """What the database says; nothing where it knows no such thing."""
    try:
        reach = reached(connection, questions()[kind], [Subject(kind, name)], Period())
    except NotFound:
        return None
    nodes = statements.known_nodes(connection, sorted(reach.nodes))
    edges = statements.edges(connection, nodes)
    told = counted(connection, reach, nodes, len(edges), through)
    held = holders.held(connection, nodes) if reach.lines is None else holders.NOWHERE
    bounds, said = told.concluded(connection, held)
    every = {f.name: getattr(bounds, f.name) for f in fields(bounds)}
    return Said(
        said.complete,
        {figure: (b.least, b.most) for figure, b in every.items()},
        {
            End(record, key, "", CONTESTED)
            for record, key in contests.contested(connection, told.extent)
        },
        _shown(end for one in reach.most.belongs for end in _ends(one)),
        {n.name for n in nodes.values() if not n.known},
        {one.sender: one.packs for one in said.not_heard},
        _counted((end, why, n) for (why, end), n in reach.most.left_out.items()),
    )


def of_walk(
    told: Told, files: list[File], kind: str, name: str, through: datetime | None = None
) -> Said:
    """What the walk says."""
    said = certificate(told, kind.replace("_", "-"), name, files, through)
    return Said(
        said.complete,
        {**said.vials, **{f"patients_{PATIENTS[k]}": pair for k, pair in said.patients.items()}},
        {End(end.record, end.key, "", CONTESTED) for end in said.changes},
        _shown(said.might),
        {(str(node[0]), str(node[1]), str(node[2])) for node in said.unknown},
        {sender: silence.packs for sender, silence in said.silent.items()},
        _counted((end, why, 1) for end, why in said.out.items() if end.sort != CONTESTED),
    )


def _ends(one: Belonging) -> Iterator[Any]:
    """Each open end of those that mean the same."""
    yield from (one.end, *one.others)
    if one.lots:
        for number in one.lots.numbers:
            yield one.end._replace(key=(one.lots.maker, number, one.lots.step))


def _counted(ends: Iterable[tuple[Any, str, int]]) -> Counter[tuple[End, str]]:
    found = Counter[tuple[End, str]]()
    for end, why, rows in ends:
        found[_one(end)._replace(key=()), why] += rows
    return found


def _shown(ends: Iterable[Any]) -> set[End]:
    return {_one(end) for end in ends}


def _one(end: Any) -> End:
    """In one shape: a row by its file's name alone, what is missing by its record alone."""
    key, link = tuple(map(str, end.key)), end.link
    if end.sort == REFUSED:
        key = (key[0].rpartition("/")[2], key[1])
    if end.sort == WITHOUT:
        link = link.partition(".")[0]
    return End(end.record, key, link, str(end.sort))


def differences(database: Said | None, walk: Said) -> Iterator[str]:
    """Where the two are not the same, in words."""
    if database is None:
        yield "the database knows none"
        return
    if database.complete != walk.complete:
        yield f"complete: {database.complete}, walk {walk.complete}"
    for figure, pair in database.figures.items():
        if pair != walk.figures[figure]:
            yield f"{figure}: {pair}, walk {walk.figures[figure]}"
    if database.out != walk.out:
        yield f"out: {database.out}, walk {walk.out}"
    for group in ("changes", "might", "unknown"):
        one, other = getattr(database, group), getattr(walk, group)
        yield from (f"{group}: database alone: {end}" for end in sorted(one - other))
        yield from (f"{group}: walk alone: {end}" for end in sorted(other - one))
    if database.senders != walk.senders:
        yield f"senders: {database.senders}, walk {walk.senders}"
