"""Corners of the contract and of the grammar: the walk and the database agree there too, in every
order of arrival.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from lots.settings import Settings
from tests.acceptance import corner_texts, corners
from tests.acceptance.accounts import differences, of_walk
from tests.acceptance.runs import START, parts_that_differ, run_one_by_one
from tests.walk.walk import walk

# Of how many each is received in.
ORDERS = {
    corners.versions: 4,
    corners.ways: 4,
    corner_texts.readable: 2,
    corner_texts.lines: 2,
    corner_texts.stray_quotes: 2,
}


@pytest.mark.parametrize("make", ORDERS, ids=lambda make: make.__name__)
def test_corner(
    make: Callable[[], corners.Files],
    tmp_path: Path,
    workers: ProcessPoolExecutor,
    fresh_site: Callable[[Path], Settings],
) -> None:
    places = []
    for name, text in make().items():
        path = tmp_path / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        places.append(str(path))
    profiles = tmp_path / "profiles"
    tasks = [
        workers.submit(run_one_by_one, fresh_site(profiles), places, n + 1)
        for n in range(ORDERS[make])
    ]
    one, *others = [task.result() for task in tasks]
    assert differences(of_walk(walk(tmp_path / "landing", profiles, START)), one.account) == {}
    assert [
        parts_that_differ(one.state, other.state) for other in others if other.state != one.state
    ] == []
    assert parts_that_differ(one.state, one.rebuilt) == []
