"""The embedded PostgreSQL as one user sees it: made, started, killed, started again, refused with a
sentence.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from lots.errors import ClusterError
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.postgres.folders import SOCKET_BYTES, pidfile

ROOT = Path(__file__).resolve().parents[2]
KEEP = "CREATE TABLE kept AS SELECT 7 AS n;"


def pid(cluster: Cluster) -> int:
    """The pid of the running server."""
    return int(pidfile(cluster.data)[0])


def test_it_is_made_found_stopped_and_started_again_with_its_data(home: Path) -> None:
    told: list[str] = []
    made = embedded.up(home, tell=told.append)
    embedded.psql(made, KEEP, "lots")
    making = f"Making PostgreSQL's cluster in {made.base}."
    assert (
        told.count(making) == 1
    )  # what homes that are gone left on this machine may be told beside it
    assert embedded.down(home) is True
    assert embedded.down(home) is False
    again = embedded.up(home, tell=told.append)
    assert again == made == embedded.cluster_of(home)
    assert embedded.psql(again, "SELECT n FROM kept", "lots") == "7\n"
    assert told.count(making) == 1


def test_up_leaves_a_running_server_alone(cluster: Cluster) -> None:
    before = pid(cluster)
    assert embedded.up(cluster.passfile.parent) == cluster
    assert pid(cluster) == before


def test_place_makes_nothing(tmp_path: Path) -> None:
    found = embedded.cluster_of(tmp_path / "home")
    assert found.data == tmp_path / "home" / "pg" / "data"
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_stop_makes_nothing(tmp_path: Path) -> None:
    assert embedded.down(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "a,b", 'it\'s 50% "of" $HOME `id` \\slash Ärzte'])
def test_any_name_of_a_folder_will_do(open_home: Path, name: str) -> None:
    made = embedded.up(open_home / name)
    assert embedded.psql(made, "SHOW data_checksums") == "on\n"
    assert made.data.is_relative_to(open_home) or name == "a,b"


def test_a_long_path_gets_a_short_closed_folder_for_its_socket(home: Path) -> None:
    made = embedded.up(home / ("x" * 120) / ("y" * 120))
    assert len(os.fsencode(made.socket / ".s.PGSQL.65535")) <= SOCKET_BYTES
    assert made.socket.stat().st_mode & 0o777 == 0o700
    assert embedded.psql(made, "SELECT 1") == "1\n"


def test_a_lost_short_folder_is_made_anew(home: Path) -> None:
    long = home / ("x" * 120)
    first = embedded.up(long)
    embedded.down(long)
    if first.socket.is_relative_to(first.base):
        pytest.skip("as root the whole cluster stands under a short path")
    shutil.rmtree(first.socket)
    assert embedded.psql(embedded.up(long), "SELECT 1") == "1\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="as root such a cluster stands elsewhere")
def test_a_path_beyond_postgresql_is_refused(home: Path) -> None:
    far = home.joinpath(*["x" * 200] * 5)
    size = len(os.fsencode(far / "pg" / "data"))
    with pytest.raises(
        ClusterError, match=f"path of the database: expected at most 900 bytes, got {size}"
    ):
        embedded.up(far)


def test_a_killed_server_recovers_with_its_data(home: Path) -> None:
    made = embedded.up(home)
    embedded.psql(made, KEEP, "lots")
    victim = psutil.Process(pid(made))
    victim.send_signal(signal.SIGKILL)
    again = embedded.up(home)
    assert pid(again) != victim.pid
    assert embedded.psql(again, "SELECT n FROM kept", "lots") == "7\n"
    assert "database system was not properly shut down" in (again.base / "server.log").read_text()


def test_a_pid_that_belongs_to_another_program_by_now_counts_as_stopped(home: Path) -> None:
    made = embedded.up(home)
    lines = pidfile(made.data)
    embedded.down(home)
    (made.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert embedded.psql(embedded.up(home), "SELECT 1") == "1\n"


def test_what_a_killed_making_left_is_made_anew(home: Path) -> None:
    base = embedded.up(home).base
    embedded.down(home)
    (base / "data").rename(base / "data.half")
    assert embedded.psql(embedded.up(home), "SELECT 1") == "1\n"


def test_processes_that_race_get_one_server(home: Path) -> None:
    code = (
        "import sys, pathlib; from lots.postgres.cluster import up;"
        " print(up(pathlib.Path(sys.argv[1])))"
    )
    call = [sys.executable, "-c", code, str(home)]
    racing = [subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {process.communicate()[0] for process in racing}
    assert said == {f"{embedded.cluster_of(home)}\n"}
    assert [process.returncode for process in racing] == [0, 0, 0, 0]
    assert (embedded.cluster_of(home).base / "server.log").read_text().count(
        "starting PostgreSQL"
    ) == 1


def test_another_port_for_a_running_server_is_refused(home: Path, port: int) -> None:
    made = embedded.up(home)
    sentence = (
        f"{made.base}: running database: expected TCP port {port}, got no TCP; first: lots down."
    )
    with pytest.raises(ClusterError) as refused:
        embedded.up(home, tcp_port=port)
    assert str(refused.value) == sentence


def test_a_taken_port_is_named(home: Path, cluster: Cluster) -> None:
    with pytest.raises(
        ClusterError, match="expected PostgreSQL to start, got: the TCP port is taken"
    ):
        embedded.up(home, tcp_port=cluster.port)


def test_a_file_where_a_folder_should_be_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(
        ClusterError, match=r"expected a folder that this user may write to, got: File exists"
    ):
        embedded.up(file / "home")


def test_files_of_another_version_are_refused(home: Path) -> None:
    made = embedded.up(home)
    embedded.down(home)
    (made.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(
        ClusterError, match=r"version of the database's files: expected 18, got 15\."
    ):
        embedded.up(home)


def test_a_link_to_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pg").symlink_to(tmp_path / "gone")
    with pytest.raises(
        ClusterError,
        match=r"link to the database: expected a folder behind it, got .*gone, which is gone",
    ):
        embedded.up(tmp_path)


def test_the_log_holds_no_value_of_a_failing_statement(cluster: Cluster) -> None:
    for statement in (
        "SELECT 'DONOR-1'::int",
        "DO $$ BEGIN RAISE 'no' USING DETAIL = 'DONOR-1'; END $$",
    ):
        with pytest.raises(ClusterError):
            embedded.psql(cluster, statement)
    assert "DONOR-1" not in (cluster.base / "server.log").read_text()


def test_a_failing_setup_names_no_value(cluster: Cluster) -> None:
    with pytest.raises(ClusterError) as refused:
        embedded.psql(cluster, "SELECT 'DONOR-1'::int")
    assert "DONOR-1" not in str(refused.value)


def test_the_server_waits_for_the_disk_and_checks_its_pages(home: Path) -> None:
    made = embedded.up(home)
    names = (
        "fsync",
        "full_page_writes",
        "synchronous_commit",
        "data_checksums",
        "timezone",
        "listen_addresses",
    )
    shown = embedded.psql(made, "".join(f"SHOW {name};" for name in names)).splitlines()
    assert shown == ["on", "on", "on", "on", "UTC", ""]
