"""What several questions have in common, at most: ends that are told together are still single ones."""

from lots.pipeline.at_most_lots import without_inputs
from lots.pipeline.belongs import AtMost
from lots.pipeline.reach import Reach, intersected
from lots.store.answers.lot_facts import Facts


def reach(*numbers: str) -> Reach:
    """Of a question to which these lots without inputs could belong, numbered by their letters."""
    nodes = tuple(map(ord, numbers))
    lots = Facts(nodes, numbers, "M", "bulk", frozenset(), True, frozenset(), False, None, None)
    return Reach(most=AtMost({1}, [without_inputs(lots)]))


def told(*of: Reach) -> list[tuple[int, list[str], set[int]]]:
    """How many ends are told at once, the first of them by their numbers, and their lots."""
    return [
        (b.many, [end.key[1] for end in (b.end, *b.others)], set(b.nodes))
        for b in intersected(of).most.belongs
    ]


def test_a_lot_that_could_belong_by_either_question_is_told_once() -> None:
    assert told(reach("A", "B", "C"), reach("B", "D")) == [
        (3, ["A", "B", "C"], {65, 66, 67}),
        (1, ["D"], {68}),
    ]
    assert told(reach("A", "B", "C"), reach("B")) == [(3, ["A", "B", "C"], {65, 66, 67})]


def test_of_many_lots_the_first_three_are_named() -> None:
    assert told(reach(*"ABCDE")) == [(5, ["A", "B", "C"], {*map(ord, "ABCDE")})]
