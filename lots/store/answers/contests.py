"""Contested keys of which a version is, or could be, of what an answer shows
(docs/certificate.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.questions.path import Step
from lots.questions.question import Question, reading
from lots.records import records
from lots.store.answers import (
    absences,
    arrays,
    came,
    open_ends,
    read_once,
    statements,
    subjects,
    told,
)
from lots.store.answers.counting import Line, keys_of
from lots.store.answers.open_ends import End
from lots.store.answers.paths import crossed
from lots.store.queries import query

PERSONS, UNIT = "same_person", "plasma_unit"
Key = tuple[str, tuple[str, ...]]  # a record and a key of it


@dataclass(frozen=True, slots=True)
class Extent:
    """What an answer shows, or is about.

    nodes: its pools and lots. numbers: of packed lots, as labels have them. lines: its vial lines
    alone (None: all of its lots). packs: these alone, as GTIN/SERIAL. asked: each question with the
    names that it was put with. donations: those that it reached. path: what it crosses. above:
    whether what went into its pools is shown.
    """

    nodes: frozenset[int]
    numbers: frozenset[str]
    donations: frozenset[str]
    asked: tuple[tuple[Question, str], ...]
    path: tuple[Step, ...]
    lines: frozenset[Line] | None = None
    packs: tuple[str, ...] = ()
    above: bool = False


def contested(connection: sa.Connection, extent: Extent) -> set[Key]:
    """Every contested key that may change the answer."""
    asked: dict[str, Any] = {
        "numbers": sorted(extent.numbers),
        "nodes": arrays.of_numbers(extent.nodes),
    }
    # Mostly nothing is contested: then none of the statements below is asked.
    every = statements.contested_keys(connection, records())
    there = {record for record, _ in every}
    found = _hanging(connection, every, extent)
    if there & open_ends.OF_LINES:
        found |= _keys(
            connection,
            "gaps_contested_lines",
            nodes=asked["nodes"],
            single=extent.lines is not None,
            **keys_of(extent.lines or ()),
        )
    if there & open_ends.OF_PACKS:
        if extent.lines is None or extent.packs:
            found |= _keys(connection, "gaps_contested_packs", packs=list(extent.packs), **asked)
        else:  # single lines have nothing to do with where other packs are
            found |= {*every} & _of_their_packs(connection, extent)
    for question, name in extent.asked:
        found |= _of_subject(connection, question, name, extent, there)
    return found


def _of_their_packs(connection: sa.Connection, extent: Extent) -> set[Key]:
    """What tells of the packs of single lines, and of what came to a party."""
    found = came.packs_of_lines(connection, extent.lines or ())
    for question, name in extent.asked:
        found |= came.to_party(connection, name) if question.name == "party" else set()
    return found


def _hanging(connection: sa.Connection, every: Iterable[Key], extent: Extent) -> set[Key]:
    """Those of rows above packs below which something of the answer hangs; of what a question reads
    those alone that name what is asked about, which are sought by themselves.
    """
    read = {r.record for question, _ in extent.asked for r in question.reads} | {PERSONS}
    # A lot's own record makes no link, but tells of what and when it is, by which others are told
    # from it.
    above = open_ends.making(extent.path) - read | {"lot"}
    # Of a unit its donation is asked about; which pool it went into is another row's word.
    units = {key for record, key in every if record == UNIT} if UNIT in above else set()
    if not extent.above:
        above = above - {UNIT}
    mine = [End(record, key, "", Sort.CONTESTED) for record, key in every if record in above]
    hanging = open_ends.below(connection, mine)
    pools: dict[str, set[int]] = {}
    if extent.above:
        pools = subjects.pools_of(connection, {d for found, _ in hanging.values() for d in found})
    told_of = read_once.once(
        connection,
        ("units told", *sorted(units)),
        lambda: told.rows(connection, ((UNIT, key) for key in units)),
    )
    found = {(UNIT, r.key) for r in told_of if {*r.names.get("donation", ())} & extent.donations}
    # A line that tells a number alone is of each packed lot that has it.
    found |= {
        (record, key)
        for record, key in every
        if record == "lot" and key[1] in extent.numbers and key[2] == "packed"
    }
    return found | {
        (end.record, end.key)
        for end, (donations, nodes) in hanging.items()
        if donations & extent.donations
        or nodes.union(*(pools.get(d, ()) for d in donations)) & extent.nodes
    }


def _of_subject(
    connection: sa.Connection, question: Question, name: str, extent: Extent, there: set[str]
) -> set[Key]:
    """Those that name the thing asked about, and those that make one person of its keys, or of the donors'
    keys that it goes by.
    """
    found: set[Key] = set()
    if there & reading(question.reads):
        found |= absences.contested(connection, question, name)
    if PERSONS in there and PERSONS in {s.record for s in crossed(question.first)}:
        own = name if question.of_person(records()) else None
        kind = "patient" if question.name == "patient" else "donor"
        numbers = sorted(extent.donations)
        found |= _keys(connection, "gaps_contested_persons", kind=kind, name=own, numbers=numbers)
    return found


def _keys(connection: sa.Connection, question: str, **parameters: object) -> set[Key]:
    return {(row.record, tuple(row.key)) for row in connection.execute(query(question), parameters)}
