"""Contested keys of which a version is, or could be, of what an answer shows (docs/linking.md)."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from lots.questions import questions
from lots.questions.path import steps, tell_of_lines, tell_of_packs
from lots.questions.question import Question, reading
from lots.records import records
from lots.store.answers import absences
from lots.store.answers.counting import Line, keys_of
from lots.store.answers.statements import Nodes
from lots.store.queries import query

# Stages whose keys hold no number of a lot, pool or donation.
ELSEWHERE = (
    "intake",
    "distribution",
    "reconstitution",
)
PERSONS = "same_person"
Key = tuple[str, tuple[str, ...]]  # a record and a key of it


@dataclass(frozen=True, slots=True)
class Extent:
    """What a question shows beside its nodes.

    names: by which rows may name it. lines: its vial lines alone (None: all of its lots). packs:
    these alone, as GTIN/SERIAL. donors: whether what went into its pools is shown. subjects: (kind,
    name) of what is asked about.
    """

    names: tuple[str, ...] = ()
    lines: frozenset[Line] | None = None
    packs: tuple[str, ...] = ()
    donors: bool = False
    subjects: tuple[tuple[str, str], ...] = ()


NODES_ALONE = Extent()


def contested(connection: sa.Connection, nodes: Nodes, extent: Extent) -> set[Key]:
    """Every contested key that may change the answer."""
    numbers = sorted({*(n.number for n in nodes.values()), *extent.names})
    asked: dict[str, Any] = {"numbers": numbers, "nodes": [*nodes]}
    pools = [node for node, n in nodes.items() if n.step == "pool" and extent.donors]
    # Mostly nothing is contested: then none of the statements below is asked.
    there = {r.record for r in connection.execute(query("contested_of"), {"records": [*records()]})}
    found: set[Key] = set()
    if there.intersection(_numbered()):
        found |= _keys(
            connection, "gaps_contested", records=list(_numbered()), numbers=numbers, pools=pools
        )
    if there & tell_of_lines(records()):
        found |= _keys(
            connection,
            "gaps_contested_lines",
            nodes=asked["nodes"],
            single=extent.lines is not None,
            **keys_of(extent.lines or ()),
        )
    # Single lines that are no pack's have nothing to do with where packs are.
    if there & tell_of_packs(records()) and (extent.lines is None or extent.packs):
        found |= _keys(connection, "gaps_contested_packs", packs=list(extent.packs), **asked)
    for kind, name in extent.subjects:
        found |= _of_subject(connection, questions()[kind], name, numbers, there)
    return found


def _of_subject(
    connection: sa.Connection, question: Question, name: str, numbers: list[str], there: set[str]
) -> set[Key]:
    """Those that name the thing asked about, and those that make one person of donors' keys."""
    found: set[Key] = set()
    if there & reading(question.reads):
        found |= absences.contested(connection, question, name)
    if PERSONS in there and PERSONS in {s.record for s in steps(question.first, records())}:
        own = name if question.of_person(records()) else None
        found |= _keys(connection, "gaps_contested_persons", name=own, numbers=numbers)
    return found


def _keys(connection: sa.Connection, question: str, **parameters: object) -> set[Key]:
    return {(row.record, tuple(row.key)) for row in connection.execute(query(question), parameters)}


@cache
def _numbered() -> tuple[str, ...]:
    """Records in whose keys a number of a lot, pool, unit or donation may stand; a reading's key
    has its second.
    """
    made = [
        r.name
        for r in records().values()
        if r.stage not in ELSEWHERE and r.name != "lyophilisation_reading"
    ]
    return (*made, "official_release")
