"""docs/counting.md's table, held against the walk, the database and what a terminal prints of its
answer.
"""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa

from lots.answers import Implicated, Trace
from lots.answers.wording import VIALS
from lots.command import terminal, trees
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.settings import Settings
from lots.store.answers import counting
from lots.store.answers.counting import Line
from lots.store.engine import engine
from tests.acceptance import counted_worlds as worlds
from tests.builders import NOW, take, write
from tests.walk import walk as walking
from tests.walk.counts import figures
from tests.walk.linking import Node

Counted = tuple[dict[str, tuple[int, int]], tuple[int, int, int]]
World = tuple[str, dict[str, tuple[int, int]], tuple[int, int, int]]


def test_every_world_is_counted_as_its_page_says(lots_settings: Settings, tmp_path: Path) -> None:
    table = list(worlds.expected("As a table"))
    assert len(table) > 20
    walked = _told(lots_settings, tmp_path, table)
    lots: list[set[Node]] = [{("M1", f"L{n}", "packed")} for n in range(len(table))]
    counted = [(figures(walked.accepted, lot), _patients(walked, lot)) for lot in lots]
    _held(
        lots_settings,
        table,
        counted,
        [Subject("lot", f"M1/L{n}/packed") for n in range(len(table))],
    )


def test_every_world_of_a_pack_is_counted_as_its_page_says(
    lots_settings: Settings, tmp_path: Path
) -> None:
    table = list(worlds.expected("As a table, of a pack"))
    assert len(table) > 8
    walked = _told(lots_settings, tmp_path, table)
    asked = [Subject("pack", f"{worlds.GTIN}/S1-{n}") for n in range(len(table))]
    # Whose patients are a pack's the walk does not say.
    counted = [
        (figures(walked.accepted, {("M1", f"L{n}", "packed")}, (worlds.GTIN, f"S1-{n}")), patients)
        for n, (_, _, patients) in enumerate(table)
    ]
    _held(lots_settings, table, counted, asked)
    for subject, (words, vials, patients) in zip(asked, table, strict=True):
        answer = trace(lots_settings, "pack", subject.name, through=NOW)
        assert (words, *_of_answer(answer)) == (words, vials, patients)


def _told(settings: Settings, folder: Path, table: list[World]) -> walking.Walk:
    """Receive all worlds; what the walk makes of the same files."""
    told = worlds.Worlds()
    for number, (words, _, _) in enumerate(table):
        worlds.write(told, number, words)
    landing = folder / "landing"
    places = [
        write(landing / "W1", f"{record}-1.csv", data) for record, data in told.files().items()
    ]
    assert {(r.status, r.counts["refused"]) for r in take(settings, *places, sender="W1")} == {
        ("accepted", 0)
    }
    return walking.walk(landing, folder / "profiles", NOW)


def _held(
    settings: Settings, table: list[World], counted: list[Counted], asked: list[Subject]
) -> None:
    """The page, the walk, the database and the terminal say the same of every world."""
    wanted = {words: (vials, patients) for words, vials, patients in table}
    answers = {
        words: implicate(settings, [subject], through=NOW)
        for words, subject in zip(wanted, asked, strict=True)
    }
    assert _differing(wanted, dict(zip(wanted, counted, strict=True))) == {}
    assert _differing(wanted, {w: _of_answer(answer) for w, answer in answers.items()}) == {}
    assert [w for w, answer in answers.items() if _printed(answer) != _sentences(*wanted[w])] == []


def _patients(walked: walking.Walk, lots: set[Node]) -> tuple[int, int, int]:
    given, prepared, dispensed = map(len, walking.patients(walked, lots))
    return given, prepared, dispensed


def _differing(wanted: dict[str, Counted], got: dict[str, Counted]) -> dict[str, list[object]]:
    """Of each world that is counted otherwise, the figures that differ: wanted, got."""
    found: dict[str, list[object]] = {}
    for words, (vials, patients) in wanted.items():
        differing = [(f, v, got[words][0][f]) for f, v in vials.items() if got[words][0][f] != v]
        if differing or got[words][1] != patients:
            found[words] = [*differing, patients, got[words][1]]
    return found


def _of_answer(answer: Implicated | Trace) -> Counted:
    told = answer.patients
    vials = {f: getattr(answer.vials, f) for f in worlds.FIGURES}
    return {f: (b.least, b.most) for f, b in vials.items()}, (
        told.given,
        told.not_given,
        told.dispensed_only,
    )


def _printed(answer: Implicated) -> set[str]:
    """What the terminal says of vials and patients."""
    out = terminal.console()
    with out.capture() as taken:
        out.print(trees.implicated(answer))
    lines = [line.strip(" │├└─\n") for line in taken.get().splitlines()]
    told = lines[lines.index("vials") + 1 :]
    # Without its bounds: nobody numbers what is sent in these worlds.
    return {
        re.split(", surely |, at most |, nobody can tell ", line)[0]
        for line in told
        if line != "patients, by distinct keys"
    }


def _sentences(vials: dict[str, tuple[int, int]], patients: tuple[int, int, int]) -> set[str]:
    """What the terminal has to say: no figure that is none."""
    between = {f: str(a) if a == b else f"{a} to {b}" for f, (a, b) in vials.items() if b}
    given, prepared, dispensed = patients
    return {
        *(f"{between[f]} {VIALS[f]}" for f in between),
        f"{given} given",
        f"{dispensed} dispensed, and on no later line of this answer",
        f"{prepared} prepared, and not given",
    }


def test_what_is_summed_of_lots_is_what_their_lines_say(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of each world's lot, of neighbours and of all: the sums that linking keeps, beside the rows."""
    table = list(worlds.expected("As a table"))
    _told(lots_settings, tmp_path, table)
    with engine("lots_owner", lots_settings).connect() as connection:
        lines = defaultdict[int, set[Line]](set)
        for lot, record, key in connection.execute(
            sa.text("SELECT lot, record, key FROM lineage.vial")
        ):
            lines[lot].add((record, tuple(key)))
        lots = sorted(lines)
        asked = [[lot] for lot in lots] + [[*pair] for pair in pairwise(lots)] + [lots]
        bound = connection.execute(sa.text("SELECT count(DISTINCT lot) FROM lineage.vial_bound"))
        assert 0 < bound.scalar_one() < len(lots)  # some are counted in either way
        for nodes in asked:
            rows = set().union(*(lines[lot] for lot in nodes))
            assert counting.vials(connection, nodes) == counting.vials(connection, nodes, rows), (
                nodes
            )
            assert counting.patients(connection, nodes) == counting.patients(
                connection, nodes, rows
            ), nodes
            for sure in (set(nodes), {*nodes[:1]}, set[int]()):
                assert counting.patients_bounds(
                    connection, nodes, sure
                ) == counting.patients_bounds(connection, nodes, sure, rows), (nodes, sure)
