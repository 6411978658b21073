"""docs/counting.md's table, held against the walk, the database and what a terminal prints of its answer."""

from pathlib import Path

from lots import terminal
from lots.answers import Implicated
from lots.pipeline.implicate import Doubt, implicate
from lots.settings import Settings
from tests.acceptance import counted_worlds as worlds
from tests.acceptance import walk as walking
from tests.acceptance.walk_counts import figures
from tests.acceptance.walk_link import Node
from tests.builders import NOW, take, write

Counted = tuple[dict[str, tuple[int, int]], tuple[int, int, int]]


def test_every_world_is_counted_as_its_page_says(lots_settings: Settings, tmp_path: Path) -> None:
    table = list(worlds.expected())
    assert len(table) > 20
    told = worlds.Worlds()
    for number, (words, _, _) in enumerate(table):
        worlds.write(told, number, words)
    landing = tmp_path / "landing"
    places = [write(landing / "W1", f"{record}-1.csv", data) for record, data in told.files().items()]
    assert {(r.status, r.counts["refused"]) for r in take(lots_settings, *places, sender="W1")} == {("accepted", 0)}
    walked = walking.walk(landing, tmp_path / "profiles")
    wanted = {words: (vials, patients) for words, vials, patients in table}
    answers = {words: implicate(lots_settings, [Doubt("lot", f"M1/L{n}/packed")], through=NOW)
               for n, (words, _, _) in enumerate(table)}
    lots = {words: {("M1", f"L{n}", "packed")} for n, (words, _, _) in enumerate(table)}
    assert _differing(wanted, {w: _of_walk(walked, lot) for w, lot in lots.items()}) == {}
    assert _differing(wanted, {w: _of_answer(answer) for w, answer in answers.items()}) == {}
    assert [w for w, answer in answers.items() if _printed(answer) != _sentences(*wanted[w])] == []


def _differing(wanted: dict[str, Counted], got: dict[str, Counted]) -> dict[str, list[object]]:
    """Of each world that is counted otherwise, the figures that differ: wanted, got."""
    found: dict[str, list[object]] = {}
    for words, (vials, patients) in wanted.items():
        differing = [(f, v, got[words][0][f]) for f, v in vials.items() if got[words][0][f] != v]
        if differing or got[words][1] != patients:
            found[words] = [*differing, patients, got[words][1]]
    return found


def _of_walk(walked: walking.Walk, lots: set[Node]) -> Counted:
    given, prepared, dispensed = map(len, walking.patients(walked, lots))
    return figures(walked.accepted, lots), (given, prepared, dispensed)


def _of_answer(answer: Implicated) -> Counted:
    told = answer.patients
    vials = {f: getattr(answer.vials, f) for f in worlds.FIGURES}
    return {f: (b.least, b.most) for f, b in vials.items()}, (told.given, told.not_given, told.dispensed_only)


def _printed(answer: Implicated) -> set[str]:
    """What the terminal says of vials and patients."""
    out = terminal.console()
    with out.capture() as taken:
        out.print(terminal.implicated(answer))
    lines = [line.strip(" │├└─\n") for line in taken.get().splitlines()]
    return set(lines[lines.index("vials") + 1:])


def _sentences(vials: dict[str, tuple[int, int]], patients: tuple[int, int, int]) -> set[str]:
    """What the terminal has to say: no figure that is none."""
    between = {f: str(a) if a == b else f"{a} to {b}" for f, (a, b) in vials.items() if b}
    given, prepared, dispensed = patients
    return {*(f"{between[f]} {terminal.VIALS[f]}" for f in between),
            f"patients: {given} given, {dispensed} dispensed and not known to be given, {prepared} prepared and not "
            "given"}
