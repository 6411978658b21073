"""Copy all that an installation would be made again from into one folder: the database, kept bytes,
and the checkpoint that tells which state it is. Verified after it was written.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from lots import private
from lots.answers.restored import BackedUp
from lots.errors import BytesAway, CallError, GateClosed, LedgerUnmatched
from lots.pipeline import keep, publish
from lots.pipeline.rehash import PIECE
from lots.settings import Settings
from lots.store import dumping
from lots.store.engine import Connection, engine
from lots.store.ledger import reading, receipts_told

FORMAT = "plasma-lots backup 1"
MANIFEST, DATABASE, RAW = "backup.json", "database.dump", "raw"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of: its form, when, the tables' revision, how many entries, the newest
    checkpoint, and the bytes and hash of each file beside it.
    """

    format: str
    made_at: str
    revision: str
    entries: int
    checkpoint: str
    files: dict[str, tuple[int, str]]


def backup(settings: Settings, folder: Path, *, now: datetime) -> BackedUp:
    """Write a backup into a folder that is new or empty. Raises CallError, DatabaseRefused."""
    # Nothing of an older backup is ever written over.
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CallError(f"{folder}: folder of the backup: expected a new or an empty one.")
    lacking = _publish(settings, now)
    # Under another name until it is whole: half a backup is never taken for one.
    half = folder.absolute().with_name(f".{folder.name}-{uuid4().hex}")
    private.folder(half)
    try:
        made, missing = _write(settings, half, now)
        # Read again before it gets its name (docs/ledger.md): a backup that cannot be read is none.
        lacking += [*missing, *damaged(settings, half, made)]
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    size = sum(size for size, _ in made.files.values())
    return BackedUp(
        str(folder), made.entries, len(made.files), size, made.checkpoint, tuple(lacking)
    )


def damaged(settings: Settings, folder: Path, made: Manifest) -> Iterator[str]:
    """Each file of a backup that is not as it was written, as a sentence."""
    for name, (size, sha256) in sorted(made.files.items()):
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or _hash(path) != sha256:
            yield f"{name} is missing, or not as it was written."
    if (folder / DATABASE).is_file() and not dumping.check(settings, folder / DATABASE):
        yield f"{DATABASE} cannot be read by PostgreSQL's own program."


def manifest(folder: Path) -> Manifest:
    """What a backup says of itself. Raises CallError where it is none, or of another form."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        made = Manifest(**told)
        files = {name: (int(size), str(sha256)) for name, (size, sha256) in made.files.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        raise CallError(
            f"{folder}: backup: expected a folder that `lots backup` wrote to its end, with"
            f" {MANIFEST}, got none."
        ) from None
    # A list that somebody wrote must not have us read files outside its folder.
    if made.format != FORMAT or any(Path(n).is_absolute() or ".." in Path(n).parts for n in files):
        raise CallError(f"{folder}: backup: expected one of the form '{FORMAT}', got another.")
    return Manifest(**(asdict(made) | {"files": files}))


def _publish(settings: Settings, now: datetime) -> list[str]:
    try:
        publish.publish(settings, now=now)
    except LedgerUnmatched as error:
        return [str(error)]  # what stands is worth a backup all the same
    return []


def _write(settings: Settings, folder: Path, now: datetime) -> tuple[Manifest, list[str]]:
    with engine(settings=settings).connect() as connection, connection.begin():
        reading.snapshot(connection)
        size, note = reading.size(connection), reading.checkpoint(connection)
        dumping.dump(settings, folder / DATABASE, dumping.snapshot(connection))
        # After the dump: of whatever it has, the bytes are kept by now.
        missing = [*_copy_kept(connection, settings, folder / RAW)]
    files = {
        str(path.relative_to(folder)): (path.stat().st_size, _hash(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    made = Manifest(FORMAT, now.isoformat(), dumping.newest(), size, note, files)
    # The list comes last: a folder without one was never whole.
    private.write(folder / MANIFEST, json.dumps(asdict(made), indent=1))
    return made, missing


def _copy_kept(connection: Connection, settings: Settings, folder: Path) -> Iterator[str]:
    for one in receipts_told.told(connection):
        path = folder / keep.name_of(one.sha256)
        try:
            with keep.open_kept(one.sha256, settings) as stream:
                _copy(stream, path)
        except BytesAway as error:
            # The rows are worth a backup all the same.
            path.unlink(missing_ok=True)
            yield f"{error} Of the kept bytes only some are in it, or none."
            return
        except (GateClosed, OSError):
            path.unlink(missing_ok=True)
            yield f"The kept bytes of receipt {one.receipt} are gone, or others than those that came."


def _copy(stream: object, path: Path) -> None:
    private.folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, private.FILE)
    with open(descriptor, "wb") as out:
        while piece := stream.read(PIECE):  # type: ignore[attr-defined]
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
