"""Files that somebody hands in at the service, received in a process of their own: what judges rows
takes seconds to load and more memory than all else of a worker, and no scan waits for it.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from lots import private
from lots.answers import Received
from lots.answers.plain import plain
from lots.errors import DatabaseLost, LotsError, NotConcluded
from lots.pipeline import keep
from lots.settings import ROOT, Settings, as_environment, from_environment

LOST = 3  # exit code: the database was lost, and the same may be handed in again


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it came: its name, and its bytes to be read once."""

    name: str
    stream: BinaryIO


def hand_in(settings: Settings, files: Sequence[HandedIn], sender: str, by: str) -> list[Received]:
    """Receive files as `lots receive` does, and say what became of each. Handed in again, they are
    known by their bytes. Raises CallError, DatabaseLost, NotConcluded.
    """
    # Asked here once, so that a setting that is missing is told before a process is started.
    keep.store(settings)
    with _folder(settings) as (folder, held):
        # Each in a folder of its own: two may have one name, which says what they are.
        asked = {"sender": sender, "by": by, "files": [*map(str, _written(folder, files))]}
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(asked),
            env=_environ(settings),
            pass_fds=(held,),  # it may outlive a worker that is killed
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode == LOST:
        raise DatabaseLost(done.stderr.strip())
    if done.returncode:
        raise NotConcluded(
            f"files: receiving: expected it to end, got exit code {done.returncode}; what was kept"
            " is taken up by the next file, or by `lots receive`."
        )
    told = json.loads(done.stdout)
    return [Received(**{**one, "notices": tuple(one["notices"])}) for one in told]


def sweep(settings: Settings) -> int:
    """Delete what killed workers left of files that were handed in; of how many requests. What they
    kept of them is in the store.
    """
    swept = 0
    with _locked(private.folder(settings.home / "handed_in"), fcntl.LOCK_EX):
        for left in (settings.home / "handed_in").iterdir():
            try:
                with _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    shutil.rmtree(left)
            except BlockingIOError:
                continue  # somebody receives it now
            swept += 1
    return swept


@contextmanager
def _folder(settings: Settings) -> Iterator[tuple[Path, int]]:
    """A folder of one request, and the descriptor by which it is held while anybody needs it."""
    where = private.folder(settings.home / "handed_in")
    with _locked(where, fcntl.LOCK_EX):
        # Made and held at once: between the two it would be swept.
        made = TemporaryDirectory(dir=where)
        held = os.open(made.name, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with made:
            yield Path(made.name), held
    finally:
        os.close(held)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def _written(folder: Path, files: Sequence[HandedIn]) -> list[Path]:
    found = []
    for number, file in enumerate(files):
        place = private.folder(folder / str(number)) / file.name
        # Never over a file that is there.
        with place.open("xb") as out:
            shutil.copyfileobj(file.stream, out)
        found.append(place)
    return found


def _environ(settings: Settings) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, **as_environment(settings), "PYTHONPATH": path, "PYTHONUTF8": "1"}


def main() -> int:
    """Receive what is named on standard input; what became of it goes to standard output."""
    from lots.pipeline.receive_all import receive_all

    private.begin()
    asked = json.load(sys.stdin)
    # What a library prints by itself is no answer of ours.
    answer, sys.stdout = sys.stdout, sys.stderr
    try:
        taken = receive_all(
            asked["files"],
            from_environment(dict(os.environ)),
            by=asked["by"],
            now=lambda: datetime.now(UTC),
            sender=asked["sender"],
        )
    except LotsError as error:
        print(error, file=sys.stderr)
        return LOST if isinstance(error, DatabaseLost) else error.code
    json.dump(plain(taken), answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
