"""Two processes that receive side by side, and as many fresh databases as a test asks for."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count

import pytest

NUMBERS = count(1)


@pytest.fixture(scope="session")
def workers() -> Iterator[ProcessPoolExecutor]:
    """Two processes of their own, which share two cores: copies of one that has loaded the judge."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.acceptance.runs", "validations.judge"])
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        yield pool
