"""Which waiting files one task takes: a task is a process that loads all anew, which costs as much as a
hundred small files.
"""

from collections.abc import Iterable

from lots.pipeline.landing import Waiting
from lots.pipeline.read_ahead import SMALL

# Some seconds of work: whatever ends a task early ends no more than that, and none of it is lost.
FILES_MOST, BYTES_MOST = 50, 4 << 20


def handfuls(files: Iterable[Waiting]) -> list[list[Waiting]]:
    """Small files by the handful, those of a record type beside each other, as they are judged
    together; each larger one alone, and last, alone too, each that somebody did not come to an end
    with: what ended its task shall end no other file's.
    """
    known = list(files)
    small = [file for file in known if file.size <= SMALL and not file.begun]
    alone = [file for file in known if file.size > SMALL or file.begun]
    found: list[list[Waiting]] = []
    for file in sorted(small, key=lambda file: file.record):
        if not found or _full(found[-1], file):
            found.append([])
        found[-1].append(file)
    return [*found, *([file] for file in sorted(alone, key=lambda file: file.begun))]


def _full(handful: list[Waiting], more: Waiting) -> bool:
    return len(handful) == FILES_MOST or sum(file.size for file in handful) + more.size > BYTES_MOST
