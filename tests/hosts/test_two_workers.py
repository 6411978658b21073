"""A site of several hosts, whole, and a whole plant: a worker is killed in the middle of a file, the
database goes away for half a minute, and all is accepted, linked and judged once, as in one process.
"""

import random
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

import pytest

import synthetic
from lots.answers import Implicated, Trace
from lots.pipeline import landing
from lots.pipeline.digest import parts as state
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.receive_all import receive_all
from lots.pipeline.report import write_all
from lots.pipeline.summary import example
from lots.pipeline.trace import trace
from lots.pipeline.verify import verify
from lots.records import STAGES
from lots.settings import Settings
from synthetic.world.clock import told_until
from tests.builders import donations, rows, write
from tests.hosts import parts
from tests.profiles import put_all

# By their distributions: to look for the module of one would import Airflow.
NEEDED = {"s3fs", "moto", "apache-airflow-providers-edge3"}
MISSING = NEEDED - {one.metadata["Name"] for one in distributions()}
pytestmark = pytest.mark.skipif(
    bool(MISSING),
    reason=f"minutes, and packages that are not there ({', '.join(sorted(MISSING))}); make test HOSTS=1",
)
if not MISSING:
    from tests.hosts.site import LINKING, Site, serving

DONATIONS, SEED = 200, 1
LARGE = 20_000  # rows: some seconds of work, in which a worker is killed
AWAY_S = 30
# Of a killed worker's file, from its end to the acceptance by another.
TAKEN_S = 90
LARGE_FILE = "C1/donation-large.csv"
FIRST = "donor_screening"
# Of the other stages those that are received while a worker's end is noticed, and those after it.
MEANWHILE = ("intake", "pooling", "viral_inactivation")
THEN = ("lyophilisation", "distribution", "reconstitution")
# So many that the killed worker's file never waits for theirs.
SLOTS = 4
WORKERS = ("worker-0", "worker-1")
ASKED = 5  # donations
KNOWN = "SELECT donation_number FROM accepted.donation ORDER BY 1"


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
                    parts.lots("worker", "--slots", SLOTS, "--name", name),
                    site.of_host(tmp_path / name),
                    tmp_path,
                )
            )
            for name in WORKERS
        ]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """What a small plant sent, and a clinic's large file."""
    synthetic.write(DONATIONS, SEED, tmp_path / "plant")
    rows_of = ({"donation_number": f"L{n:06d}"} for n in range(LARGE))
    write(tmp_path / "plant" / "landing" / "C1", "donation-large.csv", donations(*rows_of))
    return tmp_path / "plant"


@pytest.fixture
def alone(fresh: Callable[[], Settings], plant: Path) -> Settings:
    """A database that one process receives the plant into."""
    made = replace(fresh(), landing_url=str(plant / "landing"))
    put_all(made, plant / "profiles")
    return made


def files(plant: Path) -> set[str]:
    """What was sent, each with its sender."""
    return {f"{file.parent.name}/{file.name}" for file in (plant / "landing").glob("*/*")}


def kill_holder(site: "Site", plant: Path, workers: list[int]) -> None:
    """Kill the worker that has the large file, in its middle."""
    found: list[int] = []

    def held() -> bool:
        holder = parts.holder(site.address, plant / "landing" / LARGE_FILE, workers)
        found.extend([holder] if holder else [])
        return bool(found)

    parts.await_that("the large file held", held, 150)
    parts.kill(found[0])
    assert LARGE_FILE not in site.accepted()


def expect_gone_on(site: "Site", sent: set[str]) -> None:
    """Take the database away while files are being received: what is left is received later."""
    before = site.accepted()
    parts.await_that("one more accepted", lambda: site.accepted() > before, 90)
    site.away(AWAY_S)
    assert site.accepted() < sent
    parts.await_that("all files accepted", lambda: site.accepted() == sent, 300)


def receive_alone(alone: Settings) -> None:
    """Receive, link and judge the plant in one process."""
    place = alone.landing_url
    sent = landing.files(place)
    receive_all(sent, alone, by="tester", now=lambda: datetime.now(UTC), folders=[place])


def expect_once(site: "Site", alone: Settings) -> None:
    """Each run ended well, each file was accepted once, and all is as one process leaves it."""
    parts.await_that("all linked, and all runs ended", site.at_rest, 150)
    assert site.runs().keys() == {"success"}
    entries = "SELECT count(*) FROM ledger.entry WHERE kind = 'accepted'"
    assert rows(site.settings, entries) == [(len(site.accepted()),)]
    assert verify(site.settings).faults == ()
    # Of linking and judging, too, which nobody but Airflow's tasks did here.
    assert state(site.settings) == state(alone)
    assert answers(site.settings, alone) == answers(alone, alone)


def answers(site: Settings, alone: Settings) -> list[object]:
    """What some questions are answered, without what hangs on the order of arrival."""
    known = [str(number) for (number,) in rows(alone, KNOWN)]
    asked = [Subject("donation", one) for one in random.Random(SEED).sample(known, ASKED)]
    shown = example(alone)
    assert shown is not None
    through = told_until()
    found = [placed(implicate(site, [one], through=through)) for one in asked]
    return [*found, placed(trace(site, "pack", shown.pack, through=through))]


def placed(answer: Implicated | Trace) -> object:
    """An answer with its open ends by file: receipts and entries are numbered as they come."""
    reasons = {
        replace(one, where=tuple(re.sub(r"^\d+:", "", where) for where in one.where))
        for one in answer.certificate.reasons
    }
    certificate = replace(answer.certificate, entry=0, checkpoint="", reasons=())
    return replace(answer, certificate=certificate), reasons


def expect_reports_of_all(site: "Site", homes: list[Path], other: Path) -> None:
    """Another host writes the reports that the workers wrote, to the byte; and of all files."""
    anew = replace(site.settings, home=other)
    assert write_all(anew) == len(site.accepted())
    # One of them was perhaps killed before it wrote any.
    written = [path for home in homes for path in home.glob("reports/*")]
    assert written
    assert {path.suffix for path in written} == {".html", ".json"}
    assert [p for p in written if p.read_bytes() != (anew.reports / p.name).read_bytes()] == []


def test_a_plant_ends_as_in_one_process_though_a_worker_is_killed_and_the_database_goes_away(
    site: "Site", workers: list[int], plant: Path, alone: Settings, tmp_path: Path
) -> None:
    put_all(site.settings, plant / "profiles")
    site.put(plant / "landing")
    site.begin(LINKING, FIRST)
    kill_holder(site, plant, workers)
    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(receive_alone, alone)
        site.begin(*MEANWHILE)
        took = parts.await_that("it accepted", lambda: LARGE_FILE in site.accepted(), TAKEN_S)
        print(f"The killed worker's file was accepted by another after {took:.0f} s.", flush=True)
        site.begin(*THEN)
        expect_gone_on(site, files(plant))
        done.result()
    assert {FIRST, *MEANWHILE, *THEN} == {*STAGES}
    expect_once(site, alone)
    expect_reports_of_all(site, [tmp_path / name for name in WORKERS], tmp_path / "other")
    # None of them started a PostgreSQL of its own.
    assert [*site.home.parent.glob("serving-*/pg*")] == []
