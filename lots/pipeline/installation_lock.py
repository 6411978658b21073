"""One at a time: who works on an installation as a whole, and who must wait for that."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lots import private

SIZE = 40


@contextmanager
def turn(home: Path, who: str, wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the installation; where another holds it, `wait` hears who does before we wait (it may
    raise instead).
    """
    private.home(home)
    # Never removed: who waits for a file that another removes would hold a lock that nobody sees.
    held = os.open(home / "turn.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(held, wait)
        os.ftruncate(held, 0)
        # For whoever waits: a lock tells nobody who holds it.
        os.pwrite(held, who.encode()[:SIZE], 0)
        yield
    finally:
        os.close(held)


def _take(held: int, wait: Callable[[str], None]) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        wait(os.pread(held, SIZE, 0).decode() or "another command")
        fcntl.flock(held, fcntl.LOCK_EX)
