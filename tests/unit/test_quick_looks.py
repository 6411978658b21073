"""Quick looks that spare slow ones: each may say no only where the slow one would."""

import pytest

from lots.formats.measured import nothing_in
from lots.formats.surroundings import SUMS, a_sum, may_hold_a_sum
from lots.grammar.unknown import BLANKS, DIGITS, MARKS, WORDS, Names, is_unknown


@pytest.mark.parametrize("names", Names)
def test_no_word_for_not_known_has_a_digit_by_which_a_text_stands_for_itself(names: Names) -> None:
    assert not set(DIGITS) & set("".join(WORDS[names]) + BLANKS + MARKS)
    words = [f"{word}{digit}" for word in sorted(WORDS[names]) for digit in DIGITS]
    assert not [word for word in words if is_unknown(word, names)]


@pytest.mark.parametrize(
    ("block", "nothing"),
    [
        (b"S1,5,mg\n", True),
        (b"S1,<,5\n", True),
        (b"S1,5,<\n", True),
        (b"<,5,mg\n<,6,mg\n", False),  # the first of a block has no line end before it
        (b"S1,5,mg\n>,6,mg\n", True),
        (b"S1,<5,mg\n", False),
        (b"S1,<,5\nS2,5,<6\n", False),
        (b"S1,<,5\nS2,>,6\nS3,=7,\n", False),
        (b"S1,<=,5\n", False),
        ("S1,5,\u00b5g\n".encode(), False),
    ],
)
def test_a_block_is_read_line_by_line_where_an_operator_may_lead_a_value(
    block: bytes, nothing: bool
) -> None:
    assert nothing_in(block) is nothing


@pytest.mark.parametrize("word", sorted(SUMS))
@pytest.mark.parametrize("before", ["", " ", ",", ", \t", "\u00a0", ":", '"'])
def test_a_block_with_a_sum_is_looked_through(word: str, before: str) -> None:
    for told in (word, word.upper(), word.capitalize()):
        line = f"{before}{told},12,,1.5"
        if a_sum(line.split(",")):
            assert may_hold_a_sum(f"S1,total,2,\n{line}\n".encode())
            assert may_hold_a_sum(f"{line}\nS1,5,2,\n".encode())


def test_a_block_whose_lines_begin_otherwise_is_not() -> None:
    assert not may_hold_a_sum(b"S1,total,2\n1sum,total,2\nG,,\nsample,total,3\n")
    assert not may_hold_a_sum(b"SUN,1\n")
