"""Names that nearly match: the examples of docs/near.md, and laws on damaged names."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lots.identifiers.near import Alike, Known, Near, alike
from lots.identifiers.skeleton import clean, skeleton
from lots.settings import ROOT

PAGE = (ROOT / "docs" / "near.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"^\| `(.+?)` \| `(.+?)` \| (.*?)\| (strong|shown|no) \|$", PAGE, re.MULTILINE
)
NAMES = st.text("0123456789ABCDEFGHKLMNPRSTUVXZ-/", min_size=3, max_size=20).filter(
    lambda name: len(clean(name)) > 2 and bool(skeleton(name))
)
HARD, THIN, NO_WIDTH = "\xa0", "\u2009", "\u200b"
DAMAGES: dict[str, Callable[[str], str]] = {
    "small letters": str.lower,
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) for c in name),
    "blanks": lambda name: f" {name[:2]}{HARD}{name[2:]}{THIN}{NO_WIDTH}",
    "marks": lambda name: f"#{name[:1]}-{name[1:]}.",
    "zeros in front": lambda name: f"000{name}",
    "look-alikes": lambda name: name.translate(str.maketrans("0158Z", "OISB2")),
    "serial behind": lambda name: f"{name}21AB12",
    "expiry behind": lambda name: f"{name}17270630",
    "lot's mark in front": lambda name: f"10{name}",
    "whole code": lambda name: f"01095060001343521727063010{name}21S1",
    "prefix": lambda name: f"]d2{name}",
    "label": lambda name: f"Ch.-B.: {name}",
}


@pytest.mark.parametrize(("name", "known", "words", "said"), EXAMPLES)
def test_examples_of_the_page(name: str, known: str, words: str, said: str) -> None:
    why = alike(name, known)
    assert why == (None if said == "no" else Alike(words.strip(), said == "strong"))
    assert Known([known, "UNLIKE0"]).near(name) == ((Near(known, why),) if why else ())


def test_the_page_has_an_example_of_each_reason() -> None:
    assert len(EXAMPLES) > 40
    assert {said for *_, said in EXAMPLES} == {"strong", "shown", "no"}


@given(NAMES, st.sampled_from([*DAMAGES]))
def test_a_damaged_name_is_near_for_a_strong_reason(known: str, damage: str) -> None:
    why = alike(DAMAGES[damage](known), known)
    assert why
    assert why.strong


@given(st.one_of(NAMES, st.from_regex(r"[0-9]{1,4}[E./-][0-9]{1,4}", fullmatch=True)), NAMES)
def test_what_is_alike_is_found_where_it_is_sought(name: str, known: str) -> None:
    for unknown in (name, known[:-1] + name[-1:], known + name, name + known):
        why = alike(unknown, known)
        assert Known([known]).near(unknown) == ((Near(known, why),) if why else ())


@given(st.integers(1, 10**18), st.integers(1, 15))
def test_a_rounded_number_is_found(number: int, digits: int) -> None:
    known = str(number)
    with localcontext(prec=digits, rounding=ROUND_HALF_UP):  # as spreadsheets round
        shown = f"{+Decimal(number):.{digits - 1}E}"
    why = alike(shown, known)
    assert why
    assert why.strong
    assert Known([known]).near(shown) == (Near(known, why),)


SERIES: dict[str, Callable[[int], str]] = {
    "a letter and six digits": lambda n: f"A{123000 + n}",
    "seven digits": lambda n: f"{2400000 + n}",
    "four digits": lambda n: f"{2400 + n}",
    "a day and a count": lambda n: f"{24030100 + n}",
    "with an E": lambda n: f"{22000 + n}E1",
    "a year behind a slash": lambda n: f"{1000 + n}/26",
}


@pytest.mark.parametrize("series", SERIES)
def test_the_next_numbers_of_a_series_are_near_for_no_strong_reason(series: str) -> None:
    numbers = [SERIES[series](n) for n in range(1_000)]
    known = Known(numbers[:500])
    assert [name for name in numbers[500:] if known.near(name, slipped=False)] == []


def test_strong_reasons_come_first() -> None:
    found = Known(["A123457", "A123456"]).near("a123456")
    assert [one.known for one in found] == ["A123456", "A123457"]


@pytest.mark.parametrize(
    "name", ["", " - ", "0000", "A" * 91, "\x00", "😀" * 40, "9" * 90, "1E999"]
)
def test_what_is_no_name_is_near_to_none(name: str) -> None:
    assert Known(["A123456", "22E1", "0"]).near(name) == ()
