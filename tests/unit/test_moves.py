"""The table of moves is a closed machine: what of it cannot be meant is refused when it is read."""

import copy
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from lots.decisions.moves import FILE, moves, read
from lots.papers.moves import diagram, whole
from lots.records import records
from lots.rules import rules

TOLD = tomllib.loads(files("lots.decisions").joinpath(FILE).read_text("utf-8"))


def test_the_table_is_read_whole() -> None:
    table = moves()
    assert len(table.every) == len(TOLD["move"])
    assert {move.thing for move in table.every} == set(table.things)
    for thing in table.things.values():
        reached = {thing.states[0], *(m.to for m in table.every if m.thing == thing.name and m.to)}
        assert reached == set(thing.states), "each state is reached by a move"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from": ["sold"]}, "expected those of a lot"),
        ({"to": "sold"}, "expected those of a lot"),
        ({"from": ["rejected"]}, "expected no final state"),
        ({"to": ""}, "expected a state"),
        ({"needs": ["nurse"]}, "expected roles that may sign"),
        ({"people": 3}, "expected 1 or 2"),
        ({"stop": True}, "expected a move of one"),
        ({"code": "stop"}, "got it twice"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(change: dict[str, Any], said: str) -> None:
    table = copy.deepcopy(TOLD)
    (row,) = (m for m in table["move"] if (m["object"], m["code"]) == ("lot", "release"))
    row.update(change)
    with pytest.raises(ValueError, match=said):
        read(table)


def test_each_rule_that_leaves_a_piece_open_is_declared_and_a_failed_test_is_one() -> None:
    declared = {rule.id for record in records().values() for rule in record.rules} | set(rules())
    for piece in moves().pieces:
        for rule in piece.rules:
            assert any(f"{one}.".startswith(f"{rule}.") for one in declared), rule
    assert {p.code: p.never for p in moves().pieces if p.never} == {"tests": {"S01", "S02"}}


@pytest.mark.parametrize(
    ("code", "said"), [("tests", "rules of the piece"), ("holds", "what is held")]
)
def test_a_piece_that_cannot_be_meant_is_refused(code: str, said: str) -> None:
    table = copy.deepcopy(TOLD)
    (row,) = (piece for piece in table["piece"] if piece["code"] == code)
    row.update({"code": f"no {code}", "rules": []})
    with pytest.raises(ValueError, match=said):
        read(table)


def test_of_several_states_the_worst_counts_whatever_their_order() -> None:
    lot = moves().things["lot"]
    assert lot.worst([]) == "in process"
    for held in (["released", "quarantined"], ["quarantined", "released"]):
        assert lot.worst(held) == "quarantined"
    assert lot.worst(["released", "recalled", "rejected"]) == "rejected"


def test_what_a_stop_makes_is_never_better_than_what_it_is_made_from() -> None:
    """One person alone can only make a lot worse."""
    for move in moves().every:
        thing = moves().things[move.thing]
        if move.stops:
            for source in move.sources:
                assert thing.worst([source, move.to]) != "released"


def test_every_move_is_drawn_and_told() -> None:
    page = whole()
    for move in moves().every:
        assert f"| `{move.code}` | {move.says} |" in page
    lot = moves().things["lot"]
    drawn = diagram(lot, [m for m in moves().every if m.thing == "lot"])
    assert "in_process --> released: release by 2" in drawn
    assert "released --> quarantined: stop\n" in drawn
