"""A verdict on a terminal: its word first and by itself, then why, all of it within the width."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from lots.answers.scanned import CheckTold, GroundTold, ReadAs, Scanned
from lots.command import terminal
from lots.command.scanned import STYLES
from lots.decisions.checks import CHECKS
from lots.decisions.norm import norm
from lots.pipeline.scan import WORDS

CHECKED = tuple(CheckTold(c.code, c.says, True) for c in CHECKS)
READ = ReadAs("09506000134352", "7KQZ92YWA4", "[red]A25", date(2027, 3, 31), ())
GO = Scanned(
    7,
    "dispense", "PHARMACY-01", datetime(2026, 6, 1, 12, tzinfo=UTC), "GO", False, (), (), CHECKED,
    "product", 49, (READ,), (), 1, "",
)  # fmt: skip
PEOPLE = ("pharmacist and a second person", "prescriber")
STOP = replace(
    GO,
    verdict="STOP",
    overridable=True,
    by=PEOPLE,
    grounds=tuple(
        GroundTold(g.code, g.says, "STOP", PEOPLE, "on the maker's word")
        for g in norm().grounds.values()
    ),
    checks=(replace(CHECKED[0], ran=False), *CHECKED[1:]),
    readings=(replace(READ, mended=("without its separators",)),),
)
UNREAD = replace(STOP, overridable=False, readings=(), refused=("It is no code of a product.",))


def printed(answer: Scanned, width: int) -> str:
    """What is printed at a width."""
    console = Console(width=width, highlight=False, emoji=False, color_system=None)
    with console.capture() as said:
        for part in terminal.parts(answer):
            console.print(part)
    return said.get()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("answer", [GO, STOP, UNREAD])
def test_it_begins_with_its_word_and_keeps_within_the_width(answer: Scanned, width: int) -> None:
    lines = printed(answer, width).splitlines()
    assert max(map(len, lines)) <= width
    assert " ".join(answer.verdict) in lines[2]
    assert len([line for line in lines[:5] if line.strip("│╭╰─╮╯ ")]) == 1


def test_all_grounds_and_checks_are_told() -> None:
    told = " ".join(printed(STOP, 120).split())
    assert all(" ".join(g.says.split()[:4]) in told for g in STOP.grounds)
    assert f"{len(CHECKS) - 1} of {len(CHECKS)} checks made" in told
    assert "Could not be checked, ledger: whether the database is as new as what was" in told
    assert "may be overridden by: pharmacist and a second person and prescriber" in told
    assert "lot [red]A25" in told
    assert "without its separators" in told


def test_of_a_string_that_is_no_code_its_length_is_told() -> None:
    told = printed(UNREAD, 80)
    assert "nobody overrides" in told
    assert "49 characters; It is no code of a product." in told


def test_of_a_place_that_nobody_knows_it_is_told_before_what_was_not_checked() -> None:
    told = printed(replace(STOP, nowhere="No party record tells of '[b]W'."), 120)
    assert told.index("No party record tells of '[b]W'.") < told.index("Could not be checked")


def test_every_word_of_a_verdict_has_its_look() -> None:
    assert {*WORDS.values()} == {*STYLES}


def test_of_what_cannot_be_read_it_says_why_before_what_was_not_checked() -> None:
    unread = replace(UNREAD, checks=tuple(replace(c, ran=False) for c in CHECKED))
    told = " ".join(printed(unread, 80).split())
    why, unchecked = told.index("It is no code of a product."), told.index("0 of ")
    assert why < unchecked
    assert told.count("Could not be checked") == 1
    assert all(check.code in told[unchecked:] for check in CHECKED)
