"""What homes that are gone left behind elsewhere: found when a server is started, told, and taken
away.

A cluster that stands outside its home has a second name of a file in that home. While the home
stands, wherever it was moved to, the file has two names; when the home is removed, one. Nothing is
taken away of which that cannot be said, in which something runs, or whose home may be on a disk
that is not mounted now.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from lots import private
from lots.postgres.folders import FAR, SOCKETS, own_accounts

MARK, OWN, OF = "home", "pg.home", "of"
CLUSTER = re.compile(r"[0-9a-f]{12}-\w{8}")
UNSURE_S = 60  # what was made just now may be half made
HALF_S = 3_600

Tell = Callable[[str], None]


def mark(home: Path, base: Path) -> None:
    """Give a cluster outside of its home the second name of a file in it."""
    own, there = home / OWN, base / MARK
    if not base.is_relative_to(FAR) or (own.exists() and there.exists() and own.samefile(there)):
        return
    # Written before it is linked: a mark that says nothing could not be told from somebody else's
    # file.
    private.write(own, f"{home.absolute()}\n{_mount(home.absolute())}\n")
    there.unlink(missing_ok=True)
    try:
        os.link(own, there)
    except OSError:  # another file system: nobody can say when this home is gone
        return


def take_away(tell: Tell) -> None:
    """Take away what is left of homes that are gone, and say so."""
    for base in _bases():
        with suppress(FileNotFoundError):  # another process was first
            _take_cluster(base, tell)
    unmarked = [base for base in _bases() if not (base / MARK).exists()]
    if unmarked:
        tell(
            f"{FAR}: {len(unmarked)} databases do not say whose they are (made by an older"
            " version); `lots up` in the home of each marks it, and what nobody misses can be"
            " removed by hand."
        )
    for half in (*FAR.glob("binaries-*"), *FAR.glob("gone-*")):
        with suppress(FileNotFoundError):
            if time.time() - half.lstat().st_mtime > HALF_S:
                shutil.rmtree(half, ignore_errors=True)
    folders = {Path(tempfile.gettempdir()).resolve(), Path("/tmp"), Path("/var/tmp")}
    for folder in (found for within in sorted(folders) for found in within.glob(f"{SOCKETS}*")):
        with suppress(FileNotFoundError):
            _take_socket(folder, tell)


def _bases() -> list[Path]:
    """All clusters that stand outside of their homes; none where this user has none there."""
    if os.geteuid() != 0 or not FAR.is_dir():
        return []
    return sorted(base for base in FAR.iterdir() if CLUSTER.fullmatch(base.name))


def _take_cluster(base: Path, tell: Tell) -> None:
    """Take away a cluster whose mark has lost its other name. Raises FileNotFoundError where another
    process took it away meanwhile.
    """
    said = base / MARK
    if not said.is_file() or said.stat().st_nlink > 1:
        return
    home, mount = map(Path, said.read_text("utf-8").splitlines()[:2])
    # The home stands and its link leads here: only the mark's other name was lost.
    if (home / "pg").resolve() == base:
        return
    if not os.path.ismount(mount):
        tell(
            f"{base}: database of {home}: expected its disk at {mount}, got none mounted; it is"
            " left alone."
        )
    elif running := _running(base / "data"):
        tell(
            f"{base}: database of {home}, which is gone: process {running} still runs in it; it"
            " is left alone."
        )
    else:
        size = _remove(base)
        tell(f"{base}: database of {home}, which is gone: taken away ({size / 1e6:,.0f} MB).")


def _remove(base: Path) -> int:
    """Remove a cluster; how many bytes it had."""
    gone = FAR / f"gone-{base.name}"
    # What is old under that name is taken for what a crash left.
    os.utime(base)
    # Renamed first: of two processes one gets it, and what a crash leaves is known by its name.
    base.rename(gone)
    size = sum(path.lstat().st_size for path in gone.rglob("*"))
    shutil.rmtree(gone, ignore_errors=True)
    return size


def _running(data: Path) -> int | None:
    """A process that works in a data folder, a server's or one that it left."""
    # By the working folder, which every process of PostgreSQL keeps: a pid file may be gone or lie.
    return next((p.pid for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(data)), None)


def _take_socket(folder: Path, tell: Tell) -> None:
    """Take away a short folder of ours of which no cluster speaks any more. Raises FileNotFoundError
    where another process did meanwhile.
    """
    state = folder.lstat()
    if (
        state.st_uid not in own_accounts()
        or folder.is_symlink()
        or time.time() - state.st_mtime < UNSURE_S
    ):
        return
    if (folder / OF).is_file():
        socket = Path((folder / OF).read_text("utf-8")) / "socket"
        if socket.resolve() != folder.resolve():
            shutil.rmtree(folder, ignore_errors=True)
            tell(f"{folder}: folder of a socket: its database is gone, and it was taken away.")


def _mount(path: Path) -> Path:
    return next(part for part in (path, *path.parents) if os.path.ismount(part))
