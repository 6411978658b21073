"""The facts of a pack, looked up in steps that end early, are those of one statement that looks at
everything at once. On a real PostgreSQL.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

import synthetic
from lots.pipeline.link import link_entries
from lots.settings import Settings
from tests.acceptance import corners
from tests.builders import NOW, admit, write
from tests.integration.pack_facts import differing
from tests.integration.test_scans import WORLD
from tests.profiles import put_all
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive
from tests.worlds.run import told


def test_of_packs_of_which_each_kind_of_thing_is_told(
    lots_settings: Settings, tmp_path: Path
) -> None:
    receive(
        lots_settings, tmp_path, [r for line in WORLD.split("\n") if line for r in rows_of(line)]
    )
    asked, wrong = differing(lots_settings)
    assert (asked > 200, wrong) == (True, [])


@pytest.mark.parametrize("seed", [1, 3])
def test_of_packs_of_drawn_worlds(lots_settings: Settings, seed: int) -> None:
    told(lots_settings, seed, chains=2)
    asked, wrong = differing(lots_settings)
    assert (asked > 50, wrong) == (True, [])


@pytest.mark.parametrize("corner", [corners.versions, corners.ways], ids=lambda c: c.__name__)
def test_of_packs_whose_rows_contradict_each_other(
    lots_settings: Settings, tmp_path: Path, corner: Callable[[], corners.Files]
) -> None:
    for name, text in corner().items():
        sender, file = name.split("/")
        admit(lots_settings, write(tmp_path / sender, file, text.encode()), sender=sender)
    link_entries(lots_settings, now=NOW)
    assert differing(lots_settings)[1] == []


def test_of_packs_of_a_plant(lots_settings: Settings, tmp_path: Path) -> None:
    synthetic.write(200, 1, tmp_path / "plant")
    landing = tmp_path / "plant" / "landing"
    put_all(lots_settings, tmp_path / "plant" / "profiles")
    for path in sorted(landing.glob("*/*")):
        admit(lots_settings, str(path), sender=path.parent.name)
    link_entries(lots_settings, now=NOW)
    asked, wrong = differing(lots_settings)
    assert (asked > 1000, wrong) == (True, [])
