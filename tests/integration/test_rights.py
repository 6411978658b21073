"""Whatever the umask: what an installation writes is for its owner alone. Tried as another user of
the machine.
"""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lots import private
from lots.errors import CallError
from lots.settings import ROOT
from tests.builders import donations, write
from tests.stranger import Stranger

READ_ALL = """
import os, sys
def read(path):
    try:
        if os.path.isdir(path):
            return bool(os.listdir(path))
        with open(path, 'rb') as file:
            return file.read(1) is not None
    except OSError:
        return False
for path in open(sys.argv[1]).read().split('\\0'):
    if path and read(path):
        print(path)
"""


def lots(home: Path, umask: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a home and a umask of the test's own."""
    command = [
        "sh",
        "-c",
        f'umask {umask}; exec "$0" "$@"',
        sys.executable,
        "-m",
        "lots.command.cli",
        *arguments,
    ]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "LOTS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def under(home: Path) -> list[Path]:
    """The home and all that is in it."""
    return [home, *home.rglob("*")]


def test_nobody_else_reads_anything_under_the_home(open_home: Path, stranger: Stranger) -> None:
    """Under the umask that closes nothing, in a home that was there already and as open as can be;
    the next test has one that is made.
    """
    home, umask = open_home / "home", "000"
    home.mkdir()
    home.chmod(0o777)
    place = write(open_home / "C1", "donation-1.csv", donations({}, {"donation_number": ""}))
    assert lots(home, umask, "up").returncode == 0
    assert lots(home, umask, "receive", place).returncode == 1
    assert lots(home, umask, "findings").returncode == 0
    (open_home / "all").write_text("\0".join(map(str, under(home))))
    assert {"raw", "reports", "landing"} <= {path.name for path in home.iterdir()}
    assert stranger.run([stranger.python, "-c", READ_ALL, str(open_home / "all")]).stdout == ""
    own = [
        path
        for path in under(home)
        if not path.is_relative_to(home / "pg") and not path.is_symlink()
    ]
    wrong = [
        path
        for path in own[1:]
        if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)
    ]
    assert wrong == []
    assert lots(home, umask, "down").returncode == 0


def test_as_root_only_the_servers_own_group_passes_through_the_home(
    open_home: Path, stranger: Stranger
) -> None:
    home = open_home / "home"
    lots(home, "000", "up")
    state = home.stat()
    assert stat.S_IMODE(state.st_mode) == private.PASSING
    assert state.st_gid == (home / "pg").stat().st_gid != os.getgid()
    assert stranger.run(["ls", str(home)]).returncode != 0


@pytest.mark.parametrize("shared", [Path("/"), Path("/tmp"), ROOT, ROOT.parent])
def test_a_folder_that_others_pass_through_is_no_home(shared: Path) -> None:
    before = shared.stat().st_mode
    of_others = f"one for this installation alone, got {shared}, which others"
    not_ours = f"{shared}: folder of this installation: expected a folder that this user may write"
    with pytest.raises(CallError, match=f"{of_others}|{not_ours}"):
        private.home(shared)
    assert shared.stat().st_mode == before


def test_a_folder_is_closed_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = private.folder(tmp_path / "a" / "b")
        private.write(made / "page.html", "x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (made.parent, made, made / "page.html")] == [
        0o700,
        0o700,
        0o600,
    ]
