"""The ledger's copies outside the database: a folder or an object store (docs/ledger.md)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from lots import private
from lots.errors import LedgerUnmatched
from lots.pipeline.incoming import file_system, local_path
from lots.settings import Settings

NEWEST, KEY = "checkpoint", "key"
PARTIAL = ".partial-"  # what is being written; who is killed leaves it
THOUSAND = 1000  # files of one folder


def entry_name(entry: int) -> str:
    """The file of an entry: what its leaf is of, then the leaves of the rows under it."""
    return f"entries/{entry // THOUSAND:06d}/{entry:09d}"


def checkpoint_name(size: int) -> str:
    """The file of a checkpoint, beside the newest one's."""
    return f"checkpoints/{size // THOUSAND:06d}/{size:09d}"


def read(settings: Settings, name: str) -> bytes | None:
    """A file's bytes, None where there is none. Raises LedgerUnmatched where nobody can tell."""
    with _told(settings):
        try:
            if (folder := local_path(settings.ledger)) is not None:
                # Each scan looks at one of them: a Path takes as long as to read it.
                with open(f"{folder}/{name}", "rb") as kept:
                    return kept.read()
            system, root = file_system(settings.ledger)
            found: bytes = system.cat_file(f"{root}/{name}")
        except FileNotFoundError:
            return None
        return found


def names(settings: Settings, folder: str) -> list[str]:
    """The files in a folder of these and below it, in the order of their names, but for what is not
    whole yet.
    """
    with _told(settings):
        system, root = file_system(settings.ledger)
        # Another process may have written there since.
        system.invalidate_cache()
        found = [path.split(f"{root}/", 1)[1] for path in system.find(f"{root}/{folder}")]
        return sorted(path for path in found if PARTIAL not in path)


def write(settings: Settings, name: str, data: bytes) -> None:
    """Put a file into place at once. Raises LedgerUnmatched where it cannot be."""
    with _told(settings):
        if (folder := local_path(settings.ledger)) is not None:
            _write(Path(os.path.abspath(folder)) / name, data, lasting=name != KEY)
        else:
            system, root = file_system(settings.ledger)
            system.pipe_file(f"{root}/{name}", data)


def _write(path: Path, data: bytes, *, lasting: bool) -> None:
    private.folder(path.parent)
    # Under another name first: a reader sees the whole of a file or none.
    partial = path.with_name(f"{PARTIAL}{uuid4().hex}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE)
    with open(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        if lasting:  # what is told as signed must outlast a power cut, and all that it speaks of
            os.fsync(out.fileno())
    partial.replace(path)
    if lasting:
        _flush_name(path.parent)


def _flush_name(folder: Path) -> None:
    """Have what was named in a folder named after a power cut too: the database remembers that it is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems do not flush folders, and name at once
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        raise LedgerUnmatched(
            "LOTS_LEDGER_URL: the ledger's copies outside: expected to read and write them, got"
            f" {said}. What was said stands in the database; its"
            " checkpoint is written by the next verb that can."
        ) from None
