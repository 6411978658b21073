"""CONTRIBUTING.md names files and commands that are there: five steps for each thing that is added."""

import importlib.util
import re

from lots.settings import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
PLACE = re.compile(r"`((?:[a-z]+/)[\w./*]*)`")
MODULE = re.compile(r"python -m ([\w.]+)")
WORDS = ("FAMILY", "NAME")  # what somebody adds stands for these


def test_every_place_that_it_names_is_there() -> None:
    places = {re.sub("|".join(WORDS), "*", place).rstrip("/") for place in PLACE.findall(PAGE)}
    assert len(places) > 20
    assert [place for place in sorted(places) if not [*ROOT.glob(place)]] == []


def test_every_module_that_it_runs_is_there() -> None:
    modules = set(MODULE.findall(PAGE)) - {"pytest"}
    assert [name for name in sorted(modules) if importlib.util.find_spec(name) is None] == []


def test_a_record_a_rule_and_a_question_take_five_steps() -> None:
    _, *told = SECTION.split(PAGE)
    sections = dict(zip(told[::2], told[1::2], strict=True))
    steps = {
        title: re.findall(r"^(\d)\. \*\*", text, re.MULTILINE) for title, text in sections.items()
    }
    for title in ("A record", "A rule across records", "A thing to ask about"):
        assert steps[title] == ["1", "2", "3", "4", "5"], title
        assert "\nFollowed by " in sections[title], title
