"""What removed homes and killed commands leave is found, told and taken away; what may still be
somebody's is not.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest

from lots.errors import ClusterError
from lots.postgres import cluster as embedded
from lots.postgres import left as cluster_left
from lots.postgres import server
from lots.postgres.folders import FAR, SOCKETS, pidfile
from tests.conftest import remove_clusters

HOLD = """import fcntl, sys
with open(sys.argv[1], 'r+') as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print('held', flush=True)
    sys.stdin.read()
"""
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root's clusters stand elsewhere")


@pytest.fixture
def told() -> list[str]:
    """What was told."""
    return []


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that only its owner may pass: what root makes there stands elsewhere, on the same
    disk.
    """
    folder = Path(mkdtemp(prefix=f"lots-left-{os.getpid()}-", dir="/tmp"))
    yield folder
    remove_clusters(folder)
    shutil.rmtree(folder)


def far(home: Path) -> Path:
    """A stopped cluster that stands outside of its home."""
    base = embedded.up(home).base
    assert base.is_relative_to(FAR)
    embedded.down(home)
    return base


@root_only
def test_the_database_of_a_removed_home_is_taken_away_and_told(home: Path, told: list[str]) -> None:
    base = far(home / "gone")
    shutil.rmtree(home / "gone")
    cluster_left.take_away(told.append)
    assert not base.exists()
    ((sentence,),) = ([s for s in told if str(base) in s],)
    assert sentence.startswith(f"{base}: database of {home / 'gone'}, which is gone: taken away (")


@root_only
def test_two_processes_that_start_at_once_take_each_database_away_once(
    tmp_path: Path, told: list[str]
) -> None:
    bases = [Path(mkdtemp(prefix=f"{number:012x}-", dir=FAR)) for number in range(20)]
    for base in bases:
        for number in range(200):
            (base / f"{number}").touch()
        # Last: from then on whatever else starts on this machine may take it away, too.
        (base / cluster_left.MARK).write_text(f"{tmp_path / 'gone'}\n/\n")
    with ThreadPoolExecutor(4) as pool:
        for taken in [pool.submit(cluster_left.take_away, told.append) for _ in range(4)]:
            taken.result()
    for base in bases:
        assert not base.exists()
    taken_away = f"database of {tmp_path / 'gone'}, which is gone: taken away (0 MB)."
    said = [s for s in told if taken_away in s]
    assert said
    assert {*said} <= {f"{base}: {taken_away}" for base in bases}
    assert len({*said}) == len(said)


@root_only
def test_a_home_that_was_moved_keeps_its_database(home: Path, told: list[str]) -> None:
    base = far(home / "before")
    (home / "before").rename(home / "after")
    cluster_left.take_away(told.append)
    assert base.exists()
    assert embedded.psql(embedded.up(home / "after"), "SELECT 1") == "1\n"


@root_only
def test_what_still_runs_is_told_and_left_alone(home: Path, told: list[str]) -> None:
    made = embedded.up(home / "gone")
    shutil.move(home / "gone" / "pg", home / "pg")
    shutil.rmtree(home / "gone")
    cluster_left.take_away(told.append)
    assert made.data.exists()
    assert any("which is gone: process " in s and str(made.base) in s for s in told)
    (home / "pg.lock").touch()
    embedded.down(home)
    assert pidfile(made.data) == []


@root_only
def test_a_disk_that_is_not_mounted_is_told_and_nothing_of_it_removed(
    home: Path, told: list[str]
) -> None:
    base = far(home / "gone")
    (base / cluster_left.MARK).write_text(f"{home / 'gone'}\n{home / 'no-disk'}\n")
    shutil.rmtree(home / "gone")
    cluster_left.take_away(told.append)
    assert base.exists()
    assert any(f"expected its disk at {home / 'no-disk'}, got none mounted" in s for s in told)
    shutil.rmtree(base)


@pytest.fixture
def socket_folder() -> Iterator[Path]:
    """A short folder for a socket, as old as one that nobody makes just now."""
    folder = Path(f"/tmp/{SOCKETS}{os.getpid()}")
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_short_folder_of_a_removed_database_is_taken_away(
    tmp_path: Path, socket_folder: Path, told: list[str]
) -> None:
    (socket_folder / "of").write_text(str(tmp_path / "pg"))
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "socket").symlink_to(socket_folder)
    for there in (True, False):
        os.utime(socket_folder, (0, 0))
        cluster_left.take_away(told.append)
        assert socket_folder.exists() is there
        (tmp_path / "pg" / "socket").unlink(missing_ok=True)


def test_up_waits_for_a_time_and_says_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "LOCK_SECONDS", 0.1)
    lock = tmp_path / "pg.lock"
    lock.touch()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    lock.write_text(str(holder.pid))
    began = time.monotonic()
    with pytest.raises(ClusterError) as late:
        embedded.up(tmp_path)
    assert (
        str(late.value)
        == f"{tmp_path}: database: expected nobody else to start or stop it for more than 0.1 s,"
        f" got process {holder.pid}; wait until it is done, or end it."
    )
    assert time.monotonic() - began < 30
    holder.communicate("")


def test_the_lock_is_its_owners_alone(tmp_path: Path) -> None:
    lock = tmp_path / "pg.lock"
    lock.touch(0o666)
    lock.chmod(0o666)
    os.close(embedded._open_lock(lock))
    assert lock.stat().st_mode & 0o777 == 0o600
    lock.unlink()
    lock.symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match="symbolic links"):
        embedded._open_lock(lock)


def test_the_server_of_a_removed_home_takes_no_socket_of_the_next_one_with_it(
    open_home: Path,
) -> None:
    gone = server.postmaster(embedded.up(open_home / "again"))
    assert gone is not None
    shutil.rmtree(open_home / "again")
    made = embedded.up(open_home / "again")
    try:
        # As it does by itself within a minute, when it looks for its own files.
        os.kill(gone, signal.SIGQUIT)
        psutil.wait_procs([psutil.Process(gone)], timeout=30)
        assert embedded.psql(made, "SELECT 1") == "1\n"
    finally:
        remove_clusters(open_home)
