"""Crashes, replays and races end in the same state. On a real PostgreSQL."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lots.pipeline.digest import digest
from lots.pipeline.link import rebuild
from lots.pipeline.receive import STEPS
from lots.pipeline.verify import verify
from lots.settings import ROOT, Settings
from tests.builders import NOW, donations, results, rows, take, write

BAD = b"D3,own\n"
SAME = ("keep", "book", "done")  # whether it was read before or not


def files(folder: Path) -> list[str]:
    """Files with all that can become of a row: taken, known, further version, contested, refused,
    parked, found.
    """
    first = donations({}, {"donation_number": "D2", "total_protein_g_dl": "5.1"}) + BAD
    second = donations({}, {"donation_number": "D2", "donor_key": "P9"}, {"donation_number": ""})
    third = results(
        {}, {"interpretation": "reactive"}, {"status": "preliminary", "interpretation": "invalid"}
    )
    return [
        write(folder, name, data)
        for name, data in (
            ("donation-1.csv", first),
            ("donation-2.csv", second),
            ("test_result-1.csv", third),
        )
    ]


def test_killed_before_every_step_and_started_again_the_state_is_the_same(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    # The second file is read together with the first, the third alone.
    places = files(tmp_path / "landing")
    together = [("ahead", 1), *((step, 2) for step in STEPS), ("link", 1)]
    steps = [("", 1), *together, *((step, 3) for step in STEPS if step not in SAME)]
    sites = [fresh() for _ in steps]
    asked = [
        {
            "home": str(s.home),
            "url": s.database_url,
            "places": places,
            "step": step,
            "time": time,
        }
        for (step, time), s in zip(steps, sites, strict=True)
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.crashing"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        input="".join(json.dumps(a) + "\n" for a in asked),
        timeout=300,
        check=True,
    )
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [a["ended"] for a in answers] == [0, *([-signal.SIGKILL] * (len(steps) - 1))]
    assert len({a["digest"] for a in answers}) == 1
    # What the ledger says is whole too, wherever the kill came; what was left was no tampering.
    assert [a["left"] for a in answers] == [[]] * len(steps)
    assert [verify(s).faults for s in sites] == [()] * len(sites)


def test_any_order_of_files_ends_in_the_same_state(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    places = files(tmp_path)
    found = set()
    for order in (places, places[::-1], [places[1], places[0], places[2], *places]):
        settings = fresh()
        for place in order:
            take(settings, place)
        found.add(digest(settings))
    assert len(found) == 1


def test_what_is_rebuilt_equals_what_grew(lots_settings: Settings, tmp_path: Path) -> None:
    take(lots_settings, *files(tmp_path))
    before = digest(lots_settings)
    rebuild(lots_settings, now=NOW)
    assert digest(lots_settings) == before


def test_two_processes_that_receive_one_file_take_it_once(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = files(tmp_path)[0]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda _: take(lots_settings, place)[0], range(4)))
    assert sorted(r.again for r in got) == [False, True, True, True]
    assert rows(lots_settings, "SELECT reference FROM ledger.entry WHERE kind = 'accepted'") == [
        ({"receipt": "1", "record": "donation"},)
    ]


def test_contradictions_are_contested_in_both_orders_until_one_is_declared_right(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    one, other = (
        write(tmp_path, f"test_result-{word}.csv", results({"interpretation": word}))
        for word in ("reactive", "nonreactive")
    )
    mended = write(
        tmp_path,
        "test_result-3.csv",
        results(
            {
                "interpretation": "reactive",
                "correction": "1",
                "corrected_by": "QA1",
                "correction_reason": "misread",
            }
        ),
    )
    for order in ([one, other], [other, one]):
        settings = fresh()
        take(settings, *order)
        assert rows(settings, "SELECT record, versions FROM judged.contested") == [
            ("test_result", 2)
        ]
        assert rows(settings, "SELECT rule FROM judged.finding ORDER BY rule") == [
            ("D07.result",),
            ("contested",),
        ]
        take(settings, mended)
        assert rows(settings, "SELECT count(*) FROM judged.contested") == [(0,)]
        assert rows(settings, "SELECT interpretation FROM standing.test_result") == [("reactive",)]
        assert rows(settings, "SELECT count(*) FROM accepted.test_result") == [(3,)]
