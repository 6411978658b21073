"""Corners of the contract and of the grammar: the walk and the database agree there too, in every order of arrival."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from lots.settings import Settings
from tests.acceptance import corner_texts, corners
from tests.acceptance.accounts import differences, of_walk
from tests.acceptance.runs import parts_that_differ, run_one_by_one
from tests.acceptance.walk import walk

ORDERS = (1, 2)
MAKERS = (corners.versions, corners.ways, corner_texts.readable, corner_texts.lines, corner_texts.stray_quotes)



@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_corner(make: Callable[[], corners.Files], tmp_path: Path, workers: ProcessPoolExecutor,
                fresh_site: Callable[[Path], Settings]) -> None:
    places = []
    for name, text in make().items():
        path = tmp_path / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        places.append(str(path))
    profiles = tmp_path / "profiles"
    tasks = [workers.submit(run_one_by_one, fresh_site(profiles), places, order) for order in ORDERS]
    one, other = [task.result() for task in tasks]
    assert differences(of_walk(walk(tmp_path / "landing", profiles)), one.account) == {}
    assert parts_that_differ(one.state, other.state) == []
    assert parts_that_differ(one.state, one.rebuilt) == []
