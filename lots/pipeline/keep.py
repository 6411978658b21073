"""Keep a file's bytes as they came: content-addressed, in a folder or an object store."""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from lots import private
from lots.errors import BytesAway, CallError, GateClosed
from lots.pipeline import incoming
from lots.pipeline.far_store import StoreFault
from lots.pipeline.incoming import file_system
from lots.pipeline.rehash import PIECE, Proven, Rehashed
from lots.settings import Settings
from lots.visible import storable

WRITTEN = ("mtime", "LastModified", "created")  # each kind of store has a name of its own for it
OURS = re.compile(r"\.partial-[0-9a-f]{32}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are kept: their hash and number, where it lay, its name, and a mark that
    tells it changed.

    healed: what was kept of the same bytes before had another hash by now, and was replaced.
    """

    sha256: bytes
    size: int
    location: str
    file_name: str
    mark: str
    healed: bool = False


def keep(location: str, settings: Settings, folders: Sequence[str] = ()) -> Kept:
    """Copy a file's bytes into the raw store. Raises CallError, FileRefused or FileChanging; then
    nothing is kept.

    folders: of these the one that the location is in is never left by a link.
    """
    raw, root = store(settings)
    # Under a name of its own until its hash is known, which is its name.
    partial = f"{root}/.partial-{uuid4().hex}"
    with _reached():
        _closed(raw, root)
        try:
            with incoming.open_incoming(location, incoming.inside(location, folders)) as source:
                sha256, size = _copy(source.stream, raw, partial)
            healed = _into_place(raw, partial, f"{root}/{name_of(sha256)}", sha256)
        finally:
            if raw.exists(partial):
                raw.rm_file(partial)
    lay = storable(incoming.landed(location, settings.landing_url))
    name = storable(incoming.name_of(location))
    return Kept(sha256, size, lay, name, source.mark, healed)


def store(settings: Settings) -> tuple[Any, str]:
    """The file system that bytes are kept in, and the path in it. Raises CallError where nobody
    said which.
    """
    # A folder of this host's own would be taken for one that all hosts reach (docs/operations.md).
    if not settings.raw_url:
        raise CallError(
            "LOTS_RAW_URL: place of the kept bytes: expected one that every host reaches, as"
            " LOTS_DATABASE_URL is set, got none; where no other host uses that database, a folder"
            " such as file:///srv/lots/raw."
        )
    with _reached():
        return file_system(settings.raw_url)


def expect_place(settings: Settings, before: Collection[bytes]) -> None:
    """Raise GateClosed where none of what was kept before lies in the store: it is another one, as where
    a share is not mounted, and what is put there no other host would find.
    """
    raw, root = store(settings)
    with _reached():
        if before and not any(raw.exists(f"{root}/{name_of(sha256)}") for sha256 in before):
            raise GateClosed(
                "LOTS_RAW_URL: place of the kept bytes: expected the one where those of earlier receipts"
                " lie, got one that has none of them; nothing is accepted. Mount it or name it, or bring"
                " its bytes back."
            )


@contextmanager
def _reached() -> Iterator[None]:
    """Turn what a store's library raises into a sentence; what the operating system does, whoever
    receives the file tells. Raises BytesAway.
    """
    try:
        yield
    except StoreFault as error:
        raise BytesAway(
            f"LOTS_RAW_URL: place of the kept bytes: expected to reach it, got {error.strerror};"
            " nothing is accepted. Try it again."
        ) from error


def _closed(raw: Any, folder: str) -> None:
    """Have a folder of the store: one of this machine for its owner alone."""
    if raw.protocol[0] == "file":
        private.folder(Path(folder))
    else:
        raw.makedirs(folder, exist_ok=True)


def _copy(source: BinaryIO, raw: Any, partial: str) -> tuple[bytes, int]:
    # Hashed on its way: the source is read once, and may change while it is.
    digest, size = hashlib.sha256(), 0
    with raw.open(partial, "wb") as target:
        _close(target)
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
            size += len(piece)
        _flush(target)
    return digest.digest(), size


def _close(target: Any) -> None:
    """Let nobody else read a local file of ours, from its first byte on."""
    try:
        os.fchmod(target.fileno(), private.FILE)
    except (
        AttributeError,
        OSError,
        NotImplementedError,
    ):  # an object store has no file of this machine
        return


def _flush(target: Any) -> None:
    """Have a local file on disk before it gets its name."""
    target.flush()
    try:
        # The receipt is committed durably; its bytes must not be less so.
        os.fsync(target.fileno())
    except (AttributeError, OSError, NotImplementedError):  # an object store has no file to sync
        return


def _into_place(raw: Any, partial: str, final: str, sha256: bytes) -> bool:
    """Give the bytes their name, unless they have it already; True where others had it."""
    there = raw.exists(final)
    # Hashed again: what lies there may have rotted, and these are the right bytes to heal it with.
    if there and _hash_of(raw, final) == sha256:
        return False
    _closed(raw, final.rsplit("/", 1)[0])
    # Within one store a rename: half a file never has a hash for its name.
    raw.mv(partial, final)
    return bool(there)


def keep_anew(settings: Settings, write: Callable[[BinaryIO], None]) -> tuple[bytes, int]:
    """Keep what is written in place of a file's bytes: its hash and number. Raises BytesAway."""
    raw, root = store(settings)
    partial = f"{root}/.partial-{uuid4().hex}"
    with _reached():
        _closed(raw, root)
        try:
            with raw.open(partial, "wb") as target:
                _close(target)
                write(target)
                _flush(target)
            sha256 = _hash_of(raw, partial)
            size = int(raw.size(partial))
            _into_place(raw, partial, f"{root}/{name_of(sha256)}", sha256)
        finally:
            if raw.exists(partial):
                raw.rm_file(partial)
    return sha256, size


def forget(sha256: bytes, settings: Settings) -> None:
    """Delete kept bytes, where they are there. Raises BytesAway."""
    raw, root = store(settings)
    with _reached():
        if raw.exists(name := f"{root}/{name_of(sha256)}"):
            raw.rm_file(name)


@dataclass(frozen=True, slots=True)
class Left:
    """Bytes in the store that are of no receipt."""

    raw: Any
    path: str
    size: int

    def reading(self) -> BinaryIO:
        """To read from."""
        with _reached():
            stream: BinaryIO = self.raw.open(self.path, "rb")
        return stream

    @property
    def name(self) -> str:
        """By what it is found in the store."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def partial(self) -> bool:
        """Whether it was never whole, so that nothing was ever accepted of it."""
        return self.name.startswith(".partial-")

    def remove(self) -> None:
        """Delete them. Raises BytesAway."""
        with _reached():
            self.raw.rm_file(self.path)


def of_no_receipt(settings: Settings, known: Collection[bytes], before: datetime) -> Iterator[Left]:
    """What a kill left in the store before a moment: no receipt has its hash. Raises BytesAway."""
    raw, root = store(settings)
    names = {sha256.hex() for sha256 in known}
    with _reached():
        found = raw.find(root, detail=True)
    for path, info in found.items():
        # What has no time that is known may be on its way, of a host that receives now.
        at = next((info[known_as] for known_as in WRITTEN if known_as in info), float("inf"))
        written = at.timestamp() if isinstance(at, datetime) else float(at)
        name = path.rsplit("/", 1)[-1]
        # What somebody else put there is none of ours.
        if OURS.fullmatch(name) and name not in names and written < before.timestamp():
            yield Left(raw, path, int(info["size"]))


class _Reading:
    """A file of the store: also in its middle the store may be away."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readinto(self, buffer: memoryview) -> int:
        with _reached():
            return int(self._stream.readinto(buffer))

    def read(self, size: int) -> bytes:
        with _reached():
            return bytes(self._stream.read(size))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        with _reached():
            return int(self._stream.seek(offset, whence))

    def __enter__(self) -> "_Reading":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


def _hash_of(raw: Any, path: str) -> bytes:
    with raw.open(path, "rb") as stream:
        return Rehashed(stream).digest()


def name_of(sha256: bytes) -> str:
    """Where the bytes of that hash lie within the store."""
    name = sha256.hex()
    # In 256 folders: one with a million names is slow to list everywhere.
    return f"{name[:2]}/{name}"


def open_kept(sha256: bytes, settings: Settings) -> Proven:
    """The kept bytes, to read from in a block that ends with their hash. Raises GateClosed where
    they are others.
    """
    raw, root = store(settings)
    name = name_of(sha256)
    try:
        with _reached():
            return Proven(_Reading(raw.open(f"{root}/{name}", "rb")), sha256, name)
    except FileNotFoundError:
        raise GateClosed(
            f"The kept bytes {name} are gone; nothing is accepted. Receive the file again, which"
            " puts its bytes back, or bring them back from a copy."
        ) from None
