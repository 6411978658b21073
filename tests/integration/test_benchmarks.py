"""Benchmarks keep up with the tables: what they import is there, and the plain ways beside which
our answers are timed can be asked. How long anything takes is not looked at here.
"""

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import benchmarks
from benchmarks import day, questions, user
from lots.settings import Settings


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(benchmarks.__path__)])
def test_every_benchmark_finds_what_it_imports(name: str) -> None:
    importlib.import_module(f"benchmarks.{name}")


def test_the_plain_ways_can_be_asked(lots_settings: Settings) -> None:
    for verb, kind in questions.CASES:
        # Nobody is named by it, and an empty plant has nothing to name.
        assert questions.read(lots_settings, user.recursive(verb, kind), name="NOBODY/0") == 0
        with pytest.raises(sa.exc.NoResultFound):
            questions.read(lots_settings, user.NAMED[kind])
    assert questions.read(lots_settings, user.RESULTS, name="NOBODY") == 0
    assert questions.read(lots_settings, questions.BARE, many=1) == 0


def test_a_days_files_are_made_of_what_is_there(lots_settings: Settings) -> None:
    for statement in (day.DONORS, day.PACKS):
        assert [*day.asked(lots_settings, statement, 1)] == []
