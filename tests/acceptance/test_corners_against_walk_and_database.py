"""Corners of the contract and of the grammar: the walk and the database agree there too, in every
order of arrival, file by file and several at once.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from lots.settings import Settings
from tests.acceptance import corner_texts, corners
from tests.acceptance.accounts import differences, of_walk
from tests.acceptance.runs import START, parts_that_differ, run_in_pieces
from tests.walk.walk import walk

# By corner, how many files are linked at once at most, in each of its orders.
ORDERS = {
    corners.versions: (1, 4),
    corners.ways: (1, 4),
    corner_texts.readable: (1, 9),
    corner_texts.lines: (1, 9),
    corner_texts.stray_quotes: (1,),
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
        workers.submit(run_in_pieces, fresh_site(profiles), places, order, most)
        for order, most in enumerate(ORDERS[make], 1)
    ]
    one, *others = [task.result() for task in tasks]
    assert differences(of_walk(walk(tmp_path / "landing", profiles, START)), one.account) == {}
    assert [
        parts_that_differ(one.state, other.state) for other in others if other.state != one.state
    ] == []
    assert parts_that_differ(one.state, one.rebuilt) == []
