"""Keep a file's bytes as they came: content-addressed, in a folder or an object store."""

import hashlib
import os
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from lots.errors import CallError, FileChanging, FileRefused, GateClosed
from lots.pipeline.rehash import PIECE, Proven, Rehashed
from lots.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are kept: their hash and number, where it lay, its name, and a mark that tells it changed.

    healed: what was kept of the same bytes before had another hash by now, and was replaced.
    """

    sha256: bytes
    size: int
    place: str
    file_name: str
    mark: str
    healed: bool = False


def file_system(url: str) -> tuple[Any, str]:
    """The file system of a folder or URL, and the path in it."""
    import fsspec

    return fsspec.core.url_to_fs(url)  # type: ignore[no-any-return]


def mark_of(info: dict[str, Any]) -> str:
    """Size and time of a file, or its tag: changes when it changes."""
    return f"{info['size']} {info.get('mtime') or info.get('LastModified') or info.get('ETag') or ''}"


def keep(place: str, settings: Settings) -> Kept:
    """Copy a file's bytes into the raw store. Raises CallError, FileRefused or FileChanging; then nothing is kept."""
    system, path = file_system(place)
    before = _info(system, path, place)
    raw, root = file_system(settings.raw_url)
    raw.makedirs(root, exist_ok=True)
    partial = f"{root}/.partial-{uuid4().hex}"
    try:
        sha256, size = _copy(system, path, raw, partial)
        after = _info(system, path, place)
        if mark_of(before) != mark_of(after) or size != after["size"]:
            raise FileChanging(f"{path.rsplit('/', 1)[-1]} is still being written: {before['size']:,} bytes at first, "
                               f"then {max(size, after['size']):,}; receive it again when it is whole.")
        healed = _into_place(raw, partial, f"{root}/{name_of(sha256)}", sha256)
    except OSError as error:
        raise FileRefused(_sentence(error, path)) from error
    finally:
        if raw.exists(partial):
            raw.rm_file(partial)
    return Kept(sha256, size, place, path.rsplit("/", 1)[-1], mark_of(after), healed)


def _info(system: Any, path: str, place: str) -> dict[str, Any]:
    system.invalidate_cache()
    try:
        info: dict[str, Any] = system.info(path)
    except FileNotFoundError:
        raise CallError(f"'{place}' is not there; expected a file or a folder.") from None
    except PermissionError as error:
        raise FileRefused(_sentence(error, path)) from error
    return info


def _copy(system: Any, path: str, raw: Any, partial: str) -> tuple[bytes, int]:
    digest, size = hashlib.sha256(), 0
    with system.open(path, "rb") as source, raw.open(partial, "wb") as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
            size += len(piece)
        _flush(target)
    return digest.digest(), size


def _flush(target: Any) -> None:
    """Have a local file on disk before it gets its name."""
    target.flush()
    try:
        os.fsync(target.fileno())
    except (AttributeError, OSError, NotImplementedError):  # an object store has no file to sync
        return


def _into_place(raw: Any, partial: str, final: str, sha256: bytes) -> bool:
    """Give the bytes their name, unless they have it already; True where others had it."""
    there = raw.exists(final)
    if there and _hash_of(raw, final) == sha256:
        return False
    raw.makedirs(final.rsplit("/", 1)[0], exist_ok=True)
    raw.mv(partial, final)
    return bool(there)


def _hash_of(raw: Any, path: str) -> bytes:
    with raw.open(path, "rb") as stream:
        return Rehashed(stream).digest()


def name_of(sha256: bytes) -> str:
    """Where the bytes of that hash lie within the store."""
    name = sha256.hex()
    return f"{name[:2]}/{name}"


def opened(sha256: bytes, settings: Settings) -> Proven:
    """The kept bytes, to read from in a block that ends with their hash. Raises GateClosed where they are others."""
    raw, root = file_system(settings.raw_url)
    name = name_of(sha256)
    try:
        return Proven(raw.open(f"{root}/{name}", "rb"), sha256, name)
    except FileNotFoundError:
        raise GateClosed(f"The kept bytes {name} are gone; nothing is accepted. Receive the file again, which puts its "
                         "bytes back, or bring them back from a copy.") from None


def _sentence(error: OSError, path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    if isinstance(error, PermissionError):
        return f"{name} cannot be read or kept: permission denied; expected a file that this user may read."
    return f"{name} cannot be read or kept: {error.strerror or type(error).__name__}; nothing of it was taken."
