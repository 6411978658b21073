"""A file that is to be received: a regular one and no other, opened so that nobody can have us read
something else.

A link, a pipe, a device or a socket would have us read what its owner may not read, or wait for
ever. What is taken from a folder is opened step by step from that folder, so that no link on the
way leads out of it.
"""

import io
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from lots.errors import CallError, FileChanging, FileRefused
from lots.pipeline import far_store
from lots.visible import visible

KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}
# No scheme of a store: nothing is opened by such a name.
LANDED = "landing:"
STEP = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
INSIDE = STEP | os.O_DIRECTORY
# What stores call the time at which a file was written.
TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "modify", "created")
AHEAD = 1 << 18  # bytes: each look at a store is one by itself
READ = STEP | os.O_NONBLOCK  # a pipe would have us wait for whoever writes to it


@dataclass(frozen=True, slots=True)
class Incoming:
    """An open file: its bytes, and the mark that it had when it was opened."""

    stream: BinaryIO
    mark: str


def local_path(location: str) -> str | None:
    """The path of a location that is a file of this machine; None of an object store's."""
    return (
        location.removeprefix("file://")
        if "://" not in location or location.startswith("file://")
        else None
    )


def file_system(url: str) -> tuple[Any, str]:
    """The file system of a folder or URL, and the path in it. A '::' in a path is part of a name,
    and no chain. Raises CallError for a kind of store that nothing here can read.
    """
    import fsspec

    path = local_path(url)
    if path is not None:
        return fsspec.filesystem("file"), os.path.abspath(path)
    kind, _, rest = url.partition("://")
    try:
        fsspec.get_filesystem_class(kind)
    except (ImportError, ValueError):
        raise CallError(
            f"{visible(kind)}://: address: expected a store whose library is installed (pip install"
            " 'plasma-lots[s3]' for s3://), got another."
        ) from None
    # Here, not in a thread of its own: a library keeps one for each thread that made it.
    made = far_store.Asked(lambda: fsspec.core.url_to_fs(url))
    made.run()
    system, path = made.result()
    # Without its listings of before: another host puts files there too.
    system.dircache.use_listings_cache = False
    return far_store.Far(system, f"{kind}://{rest.split('/')[0]}"), path


def name_of(location: str) -> str:
    """The file's own name."""
    return location.rsplit("/", 1)[-1]


def landed(location: str, landing: str) -> str:
    """What a location is called on every host: in the landing place by its names from there on, for
    another host may reach that by another path; elsewhere as it is.
    """
    names = _steps(location, landing)
    return LANDED + "/".join(names) if names else location


def reached(name: str, landing: str) -> str:
    """The location of what is called so, where this host reaches the landing place."""
    return f"{landing.rstrip('/')}/{name.removeprefix(LANDED)}" if name.startswith(LANDED) else name


def inside(location: str, folders: Sequence[str]) -> str:
    """The first of the folders that a location is in; '' where it is in none of them."""
    return next((folder for folder in folders if _steps(location, folder)), "")


def mark(location: str) -> str:
    """Size and time of a file, or its tag: changes when it changes. Raises OSError."""
    path = local_path(location)
    if path is not None:
        return _mark(os.lstat(path))
    system, path = file_system(location)
    system.invalidate_cache()
    return mark_of(system.info(path))


@contextmanager
def open_incoming(location: str, folder: str = "") -> Iterator[Incoming]:
    """The file, for reading; FileChanging at the end where it is another one by then, or was
    written to.

    folder: where it was found; nothing outside of it is read. Raises CallError, FileRefused.
    """
    path = local_path(location)
    with told(location), _local(path, folder) if path is not None else _remote(location) as found:
        yield found


@contextmanager
def _local(path: str, folder: str) -> Iterator[Incoming]:
    with _parent(path, folder) as (parent, name):
        # Looked at before it is opened, and again when it is: in between another may have taken its
        # place.
        before = os.lstat(name, dir_fd=parent)
        _check(path, before, alone=bool(folder))
        with open(os.open(name, READ, dir_fd=parent), "rb") as stream:
            begun = os.fstat(stream.fileno())
            _check(path, begun, alone=bool(folder))
            yield Incoming(stream, _mark(begun))
            ended, now = os.fstat(stream.fileno()), os.lstat(name, dir_fd=parent)
            if len({(s.st_dev, s.st_ino) for s in (before, begun, ended, now)}) > 1 or _mark(
                begun
            ) != _mark(ended):
                raise FileChanging(_changing(path, begun.st_size, ended.st_size))


@contextmanager
def _remote(location: str) -> Iterator[Incoming]:
    system, path = file_system(location)
    system.invalidate_cache()
    before = system.info(path)
    with system.open(path, "rb") as stream:
        # Not every store's file reads a line up to a limit, which a line without an end needs.
        yield Incoming(io.BufferedReader(stream, AHEAD), mark_of(before))
    system.invalidate_cache()
    after = system.info(path)
    if mark_of(before) != mark_of(after):
        raise FileChanging(_changing(path, before["size"], after["size"]))


@contextmanager
def _parent(path: str, folder: str) -> Iterator[tuple[int | None, str]]:
    """The open folder that the file is in, and its name there; reached from `folder` without
    following a link.
    """
    if not folder:
        yield None, path
        return
    *steps, name = _steps(path, folder)
    # Step by step: O_NOFOLLOW heeds the last name alone, and a link on the way would lead out of
    # the folder.
    here = os.open(local_path(folder) or "/", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for step in steps:
            before, here = here, os.open(step, INSIDE, dir_fd=here)
            os.close(before)
        yield here, name
    finally:
        os.close(here)


def _steps(location: str, folder: str) -> list[str]:
    """The names from a folder to a location in it; none where it is not, or where a name leads
    upwards.
    """
    if local_path(location) is not None and local_path(folder) is not None:
        location, folder = (
            os.path.abspath(local_path(location) or ""),
            os.path.abspath(local_path(folder) or ""),
        )
    start = folder.rstrip("/") + "/"
    names = location.removeprefix(start).split("/") if location.startswith(start) else []
    return [] if {"", ".", ".."} & set(names) else names


def _check(path: str, found: os.stat_result, *, alone: bool) -> None:
    kind = KINDS.get(
        stat.S_IFMT(found.st_mode), "no file" if not stat.S_ISREG(found.st_mode) else ""
    )
    if kind:
        raise FileRefused(
            f"{visible(name_of(path))} is {kind}; expected a file, and nothing of it was taken."
        )
    # Whoever may write here could give a name to a file that only we may read.
    if alone and found.st_nlink > 1:
        raise FileRefused(
            f"{visible(name_of(path))} has {found.st_nlink} names, of which others may lie"
            " elsewhere; expected a file with one name (a copy), and nothing of it was taken."
        )


@contextmanager
def told(location: str) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    name = visible(name_of(location))
    try:
        yield
    except FileNotFoundError:
        raise CallError(
            f"'{visible(location)}' is not there; expected a file or a folder."
        ) from None
    except PermissionError as error:
        raise FileRefused(
            f"{name} cannot be read or kept: permission denied; expected a file that this user may "
            "read."
        ) from error
    except OSError as error:
        said = getattr(error, "strerror", None) or type(error).__name__
        raise FileRefused(
            f"{name} cannot be read or kept: {said}; nothing of it was taken."
        ) from error


def _changing(path: str, first: int, then: int) -> str:
    return (
        f"{visible(name_of(path))} is still being written: {first:,} bytes at first, then {then:,};"
        " receive it again when it is whole."
    )


def _mark(found: os.stat_result) -> str:
    # Both times: whoever copies or unpacks sets the one back, and nobody the other.
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def mark_of(info: Mapping[str, Any]) -> str:
    """Size and tag of a store's file, or its times, as the store tells them: one by one or in a list."""
    tags = [info[name] for name in ("ETag", "etag") if info.get(name)]
    # A tag follows from the bytes; times may be whole seconds.
    told = tags or [_instant(info[name]) for name in TIMES if info.get(name)]
    return " ".join(map(str, (info["size"], *told)))


def _instant(told: Any) -> Any:
    """A time as a number, for some stores list it so, and tell it otherwise of one file."""
    return told.timestamp() if isinstance(told, datetime) else told
