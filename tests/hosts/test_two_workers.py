"""A site of several hosts, whole: a worker is killed in the middle of a file, the database goes away
for half a minute, and all is accepted once, as one process accepts it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import distributions
from pathlib import Path

import pytest

from lots.pipeline.digest import digest
from lots.pipeline.link import link
from lots.pipeline.receive_all import receive_all
from lots.pipeline.verify import verify
from lots.postgres import cluster as embedded
from lots.settings import Settings
from lots.store.engine import close
from tests.builders import NOW, donations, results, rows, write
from tests.hosts import parts

# By their distributions: to look for the module of one would import Airflow.
NEEDED = {"s3fs", "moto", "apache-airflow-providers-edge3"}
MISSING = NEEDED - {one.metadata["Name"] for one in distributions()}
pytestmark = pytest.mark.skipif(
    bool(MISSING),
    reason=f"minutes, and packages that are not there ({', '.join(sorted(MISSING))}); make test HOSTS=1",
)
if not MISSING:
    from tests.hosts.site import Site, serving

LARGE = 20_000  # rows: some seconds of work, in which a worker is killed
AWAY_S = 30
# Of a killed worker's file, from its end to the acceptance by another.
TAKEN_S = 90
# What was sent to the site by all tests so far.
SENT: list[Path] = []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Site]":
    """Two hosts that serve, each with a scheduler."""
    with serving(2, tmp_path_factory.mktemp("logs")) as made:
        yield made


@pytest.fixture
def workers(site: "Site", tmp_path: Path) -> Iterator[list[int]]:
    """Two workers with homes of their own; their processes."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                parts.running(
                    name,
                    parts.lots("worker", "--slots", "1", "--name", name),
                    site.of_host(tmp_path / name),
                    tmp_path,
                )
            )
            for name in (f"{tmp_path.name}-{n}" for n in range(2))
        ]


@pytest.fixture
def alone(fresh: Callable[[], Settings], tmp_path: Path) -> Settings:
    """A database that one process receives into."""
    return replace(fresh(), raw_url=str(tmp_path / "raw"))


def sent(site: "Site", folder: Path, of: str, large: int = 0) -> list[Path]:
    """What two senders sent, at the landing place: some small files, and perhaps a large one, which
    comes first.
    """
    files = []
    for n in range(3):
        of_clinic = donations({"donation_number": f"{of}{n}"})
        of_laboratory = results({"tested_id": f"{of}{n}", "sample": f"S{of}{n}"})
        files += [
            write(folder / "C1", f"donation-{of}{n}.csv", of_clinic),
            write(folder / "L1", f"test_result-{of}{n}.csv", of_laboratory),
        ]
    if large:
        rows_of = ({"donation_number": f"{of}L{n:06d}"} for n in range(large))
        files.insert(0, write(folder / "C1", f"donation-{of}-large.csv", donations(*rows_of)))
    for sender in ("C1", "L1"):
        site.put(folder / sender)
    return [*map(Path, files)]


def expect_as_by_one_process(site: "Site", alone: Settings) -> None:
    """Each run ended well, each file was accepted once, and the digest is that of one process."""
    parts.await_that("all runs ended", lambda: not site.runs() & {"queued", "running"}, 150)
    assert site.runs() == {"success"}
    for one in (site.settings, alone):
        link(one, now=NOW)
    assert digest(site.settings) == digest(alone)
    assert verify(site.settings).faults == ()
    # None of them started a PostgreSQL of its own.
    assert [*site.home.parent.glob("serving-*/pg*")] == []
    entries = "SELECT count(*) FROM ledger.entry WHERE kind = 'accepted'"
    assert rows(site.settings, entries) == [(len(site.accepted()),)]


def test_a_database_that_goes_away_loses_nothing(
    site: "Site", workers: list[int], alone: Settings, tmp_path: Path
) -> None:
    SENT.extend(sent(site, tmp_path / "sent", "A"))
    site.run()
    parts.await_that("the first file accepted", site.accepted, 120)
    close(site.settings)
    embedded.down(site.home)
    time.sleep(AWAY_S)
    embedded.up(site.home, tcp_port=site.cluster.port)
    names = {file.name for file in SENT}
    parts.await_that("all files accepted", lambda: site.accepted() == names, 180)
    receive_all([*map(str, SENT)], alone, by="tester", now=lambda: NOW)
    expect_as_by_one_process(site, alone)


def test_a_killed_worker_s_file_is_accepted_by_another_once(
    site: "Site", workers: list[int], alone: Settings, tmp_path: Path
) -> None:
    SENT.extend(files := sent(site, tmp_path / "sent", "B", LARGE))
    site.run()
    found: list[int] = []

    def held() -> bool:
        found.extend(filter(None, [parts.holder(site.address, files[0], workers)]))
        return bool(found)

    parts.await_that("the large file held", held, 120)
    parts.kill(found[0])
    assert files[0].name not in site.accepted()
    took = parts.await_that("it accepted", lambda: files[0].name in site.accepted(), TAKEN_S)
    print(f"The killed worker's file was accepted by another after {took:.0f} s.")
    names = {file.name for file in SENT}
    parts.await_that("all files accepted", lambda: site.accepted() == names, 150)
    receive_all([*map(str, SENT)], alone, by="tester", now=lambda: NOW)
    expect_as_by_one_process(site, alone)
