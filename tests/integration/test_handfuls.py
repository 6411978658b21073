"""Files that one task of Airflow takes end as each would alone, wherever it is broken off. On a real
PostgreSQL.
"""

import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from lots.errors import FileRefused
from lots.pipeline import scheduled
from lots.pipeline.digest import digest
from lots.pipeline.link import link
from lots.pipeline.read_ahead import SMALL
from lots.pipeline.receive import STEPS
from lots.pipeline.receive_all import one
from lots.settings import ROOT, Settings
from tests.builders import NOW, donations, results, rows, write

STAGE = "donor_screening"
ENTRIES = "SELECT count(*) FROM ledger.entry WHERE kind = 'arrival'"
FILES = {
    "donation-1.csv": donations({}, {"donation_number": "D2", "total_protein_g_dl": "5.1"}),
    "donation-2.csv": donations({"donor_key": "P9"}, {"donation_number": ""}) + b"D3,own\n",
    "donation-3.csv": donations({"donation_number": "D4"}),
    "test_result-1.csv": results({}, {"status": "preliminary", "interpretation": "invalid"}),
}
NAMES = [f"landing:C1/{name}" for name in FILES]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A landing place with the files of one sender."""
    for name, data in FILES.items():
        write(tmp_path / "landing" / "C1", name, data)
    return tmp_path / "landing"


@pytest.fixture
def site(lots_settings: Settings, place: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A site where these files land."""
    return here(lots_settings, place, monkeypatch)


def here(settings: Settings, place: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The site whose tasks run in this process."""
    landed = replace(settings, landing_url=str(place))
    monkeypatch.setattr(scheduled, "settings", lambda: landed)
    return landed


Tries = Sequence[tuple[str, int]]


def broken_off(*asked: tuple[Settings, Tries]) -> list[list[int]]:
    """How each try of a task of each site ended that dies before so manieth a step."""
    lines = [
        json.dumps(
            {
                "home": str(settings.home),
                "url": settings.database_url,
                "landing": settings.landing_url,
                "names": NAMES,
                "tries": tries,
            }
        )
        for settings, tries in asked
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.trying"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        input="\n".join(lines) + "\n",
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_what_waits_is_taken_by_the_handful(site: Settings) -> None:
    write(Path(site.landing_url) / "C1", "donation-9.csv", donations({}) + b"\n" * SMALL)
    # Of which the bytes are few, and the text is not.
    much = b"\n".join(b"%016x" % Random(n).getrandbits(64) for n in range(5_000))
    packed = gzip.compress(donations({"donation_number": "D8"}) + much)
    write(Path(site.landing_url) / "C1", "donation-8.csv.gz", packed)
    assert len(packed) < SMALL
    assert scheduled.waiting(STAGE) == [
        NAMES,
        *(["landing:C1/donation-8.csv.gz"], ["landing:C1/donation-9.csv"]),
    ]


def test_each_file_of_a_handful_ends_as_alone(
    fresh: Callable[[], Settings], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, alone = here(fresh(), place, monkeypatch), fresh()
    got = scheduled.take(NAMES)
    singly = [one(f"{place}/C1/{name}", alone, by=scheduled.BY, now=lambda: NOW) for name in FILES]
    assert [(o["file"], o["status"], o["record"], o["counts"]) for o in got] == [
        (name, r.status, r.record, r.counts) for name, r in zip(NAMES, singly, strict=True)
    ]
    for settings in (together, alone):
        link(settings, now=NOW)
    assert digest(together) == digest(alone)


def test_a_second_try_takes_only_what_the_first_did_not_end(site: Settings) -> None:
    scheduled.take(NAMES[:2])
    ((before,),) = rows(site, ENTRIES)
    got = scheduled.take(NAMES, again=True)
    assert [o["status"] for o in got] == [*["already received"] * 2, *["accepted"] * 2]
    assert [o["file"] for o in got] == NAMES
    assert rows(site, ENTRIES) == [(int(str(before)) + 2,)]


def test_killed_before_any_step_and_tried_again_the_state_is_the_same(
    fresh: Callable[[], Settings], place: Path
) -> None:
    steps = [("ahead", 1), *((step, 2) for step in STEPS)]
    tries = [[("", 1)], *([step, ("", 1)] for step in steps)]
    sites = [replace(fresh(), landing_url=str(place)) for _ in tries]
    ended = broken_off(*zip(sites, tries, strict=True))
    assert ended == [[0], *[[-signal.SIGKILL, 0]] * len(steps)]
    arrived = "SELECT place, count(*) FROM receiving.arrival GROUP BY place ORDER BY place"
    for site in sites:
        link(site, now=NOW)
        assert rows(site, arrived) == [(name, 1) for name in NAMES]
    assert len({digest(site) for site in sites}) == 1


# Before anything is noted of a file, and after: at its second file, and where the next tries come to
# that one.
@pytest.mark.parametrize(("step", "noted"), [("keep", False), ("judge", True)])
def test_a_file_that_ends_its_task_each_time_ends_no_other_one_s(
    site: Settings, step: str, *, noted: bool
) -> None:
    tries = [(step, time) for time in (2, 3, 1, 1)]
    assert broken_off((site, tries)) == [[-signal.SIGKILL] * len(tries)]
    with pytest.raises(FileRefused) as failed:
        scheduled.settle([NAMES], [None])
    assert str(failed.value) == "1 of 4 files were not received:\ndonation-2.csv: its task failed"
    write(Path(site.landing_url) / "C1", "donation-9.csv", donations({"donation_number": "D9"}))
    new, left = "landing:C1/donation-9.csv", "landing:C1/donation-2.csv"
    # What was begun is alone, and last; of what nothing is noted nobody knows.
    assert scheduled.waiting(STAGE) == ([[new], [left]] if noted else [[left, new]])
    assert [o["status"] for o in scheduled.take([left])] == ["accepted"]


def test_each_file_that_is_not_received_has_a_line(site: Settings) -> None:
    folder = Path(site.landing_url) / "C1"
    links = [f"landing:C1/a{n}.csv" for n in range(7)]
    for name in links:
        (folder / name.rpartition("/")[2]).symlink_to("/etc/hostname")
    got = scheduled.take([*links, *NAMES])
    assert {o["status"] for o in got[7:]} == {"accepted"}
    with pytest.raises(FileRefused) as failed:
        scheduled.settle([[*links, *NAMES], ["landing:C1/gone.csv"]], [got, None])
    head, *lines = str(failed.value).splitlines()
    assert head == "8 of 12 files were not received:"
    told = " is a link; expected a file, and nothing of it was taken."
    assert lines == [*(f"a{n}.csv: a{n}.csv{told}" for n in range(7)), "gone.csv: its task failed"]
