"""What this installation writes is for its owner alone: folders 0700, files 0600, whatever the
umask.
"""

import os
import tempfile
from pathlib import Path

from lots.errors import CallError
from lots.settings import ROOT

FOLDER, FILE = 0o700, 0o600
PASSING = (
    0o710  # the group of the database's own account may pass through, and neither list nor read
)
EVERYBODYS = ("/tmp", "/var/tmp", "/dev/shm")
OTHERS = 0o067  # all that nobody else may: a group may pass at most


def begin() -> None:
    """From here on this process and those that it starts make files and folders for their owner
    alone.
    """
    # Of the whole process, as libraries make files too; Airflow's tasks set theirs again.
    os.umask(0o077)


def home(path: Path, passing: int | None = None) -> Path:
    """The home, made or closed: 0700, or 0710 where a group must pass through it. Raises CallError.

    passing: the group of the account that the embedded server runs under, as root only.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=FOLDER, exist_ok=True)
    if not os.access(path, os.W_OK | os.X_OK):
        raise CallError(
            f"{path}: folder of this installation: expected a folder that this user may write to,"
            " got: Permission denied."
        )
    # Closing /tmp or a home of people would shut everybody out.
    if _shared(path):
        raise CallError(
            f"LOTS_HOME: folder: expected one for this installation alone, got {path}, which others"
            " must pass through."
        )
    if passing is not None:
        os.chown(path, -1, passing)
        path.chmod(PASSING)
    elif path.stat().st_mode & OTHERS and _may_change(path):
        path.chmod(FOLDER)
    return path


def folder(path: Path) -> Path:
    """A folder, made with all that lacks above it; one that is there already keeps its mode."""
    # Only what we make is closed: a site's own folders keep the modes that it gave them.
    missing = [part for part in (path, *path.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=FOLDER, exist_ok=True)
    return path


def write(path: Path, content: str) -> None:
    """Put a file into place at once, so that nobody reads half of it."""
    # Named by process: two that write one report do not write into one another's half.
    partial = path.with_suffix(f".partial-{os.getpid()}")
    partial.unlink(missing_ok=True)
    with open(
        os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "w", encoding="utf-8"
    ) as out:
        out.write(content)
    partial.replace(path)


def _may_change(path: Path) -> bool:
    return os.geteuid() in (0, path.stat().st_uid)


def _shared(path: Path) -> bool:
    """Whether closing the folder would shut others out of what is theirs, or us out of our own
    code.
    """
    here, temporary = path.resolve(), Path(tempfile.gettempdir()).resolve()
    above = any(here in one.parents for one in (ROOT.resolve(), Path.home().resolve(), temporary))
    return above or here in (ROOT.resolve(), temporary, Path("/"), *map(Path, EVERYBODYS))
