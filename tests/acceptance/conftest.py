"""Two processes that receive side by side, and as many fresh databases as a test asks for."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings

NUMBERS = count(1)


@pytest.fixture(scope="session")
def workers() -> Iterator[ProcessPoolExecutor]:
    """Two processes of their own: each imports the judge once, and they share two cores."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def fresh_site(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Settings]]:
    """A maker of settings: each call is a migrated database and a home of its own, with the
    profiles of a folder.
    """
    made: list[str] = []

    def make(profiles: Path) -> Settings:
        name = f"acceptance_{next(NUMBERS)}"
        clone = 'CREATE DATABASE :"name" TEMPLATE :"template" STRATEGY file_copy OWNER lots_owner'
        embedded.psql(cluster, clone, name=name, template=template)
        made.append(name)
        home = tmp_path_factory.mktemp(name)
        return Settings(
            home,
            embedded.url(cluster, "", name),
            str(home / "raw"),
            str(home / "landing"),
            profiles,
        )

    yield make
    for name in made:
        embedded.psql(cluster, 'DROP DATABASE :"name" WITH (FORCE)', name=name)
