"""DAGs at once, each in a process of its own: whatever becomes of one is told, and none is left."""

import io
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from dags import at_once
from lots.command.progress import Progress
from lots.errors import FileRefused

Tell = Callable[[str], None]
NAMES = ("intake", "donor_screening", "pooling", "lyophilisation", "distribution")
FORK = multiprocessing.get_context("fork")
WAIT_S = 20  # of what takes no time, on a machine that has others' work to do


def lines(run: at_once.Run, *names: str) -> list[list[str]]:
    """The words of each line that stays."""
    out = io.StringIO()
    at_once.run_all(names, run, Progress(Console(file=out, width=80)))
    return [line.split() for line in out.getvalue().splitlines()]


def until(there: Path) -> None:
    """Wait for what another process writes."""
    end = time.monotonic() + WAIT_S
    while not there.exists():
        assert time.monotonic() < end, there
        time.sleep(0.01)


def test_each_is_run_once_and_its_last_word_stays() -> None:
    def run(name: str, tell: Tell) -> None:
        tell("0 of 2 files")
        tell(f"2 files of {name}")

    told = lines(run, *NAMES)
    assert sorted(" ".join(words[:-2]) for words in told) == sorted(
        f"{name.replace('_', ' ')} 2 files of {name}" for name in NAMES
    )


def test_two_are_at_work_at_once_and_neither_in_this_process() -> None:
    both = FORK.Barrier(2)

    def run(name: str, tell: Tell) -> None:
        both.wait(WAIT_S)
        tell(str(os.getpid()))

    told = {words[1] for words in lines(run, "intake", "pooling")}
    assert len(told) == 2
    assert str(os.getpid()) not in told


def test_one_that_fails_stops_what_is_not_begun_and_nothing_that_is(tmp_path: Path) -> None:
    def run(name: str, tell: Tell) -> None:
        (tmp_path / name).touch()
        if name == "intake":
            until(tmp_path / "pooling")
            raise FileRefused("1 of 3 files were not received.")
        until(tmp_path / "intake")
        # Whoever runs us hears of the failure first.
        time.sleep(0.2)
        (tmp_path / "ended").touch()

    with pytest.raises(FileRefused, match=r"^1 of 3 files were not received\.$"):
        lines(run, "intake", "pooling", "distribution")
    assert {path.name for path in tmp_path.iterdir()} == {"intake", "pooling", "ended"}


def test_where_both_fail_both_are_told() -> None:
    both = FORK.Barrier(2)

    def run(name: str, tell: Tell) -> None:
        both.wait(WAIT_S)
        raise FileRefused(f"{name}.csv was not received.")

    with pytest.raises(FileRefused) as refused:
        lines(run, "intake", "pooling")
    assert sorted(str(refused.value).splitlines()) == [
        "intake.csv was not received.",
        "pooling.csv was not received.",
    ]


def test_one_whose_process_was_killed_has_failed() -> None:
    def run(name: str, tell: Tell) -> None:
        if name == "donor_screening":
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(FileRefused) as refused:
        lines(run, "intake", "donor_screening")
    assert str(refused.value) == (
        "donor screening: process: expected it to say how it ended, got nothing; what was committed"
        " stands, and the next run goes on."
    )


def test_an_interruption_ends_both_at_once_and_leaves_none(tmp_path: Path) -> None:
    def run(name: str, tell: Tell) -> None:
        try:
            (tmp_path / str(os.getpid())).touch()
            time.sleep(2 * WAIT_S)
        finally:
            (tmp_path / f"{os.getpid()} ended").touch()

    def asked() -> None:
        # Also where who runs the tests ignores it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            lines(run, "intake", "pooling", "distribution")
        except KeyboardInterrupt:
            (tmp_path / "all ended").touch()

    asking = FORK.Process(target=asked)
    asking.start()
    pids = two(tmp_path)
    os.kill(asking.pid or 0, signal.SIGINT)
    asking.join(WAIT_S)
    seen = {path.name for path in tmp_path.iterdir()}
    assert seen == {*pids, *(f"{pid} ended" for pid in pids), "all ended"}
    assert [pid for pid in pids if alive(pid)] == []


def test_who_runs_them_being_gone_ends_them(tmp_path: Path) -> None:
    def run(name: str, tell: Tell) -> None:
        (tmp_path / str(os.getpid())).touch()
        for _ in range(100 * WAIT_S):
            tell("1 of 3 files")
            time.sleep(0.01)

    asking = FORK.Process(target=lines, args=(run, "intake", "pooling"))
    asking.start()
    pids = two(tmp_path)
    asking.kill()
    asking.join()
    end = time.monotonic() + WAIT_S
    while any(map(alive, pids)):
        assert time.monotonic() < end
        time.sleep(0.01)


def two(folder: Path) -> list[str]:
    """The processes that have noted themselves, once there are two."""
    end = time.monotonic() + WAIT_S
    while len(seen := [path.name for path in folder.iterdir()]) < 2:
        assert time.monotonic() < end, seen
        time.sleep(0.01)
    return seen


def alive(pid: str) -> bool:
    """Whether a process is there, and no mere entry of one that ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
