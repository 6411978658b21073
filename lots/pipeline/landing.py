"""The landing folder: which files wait there, and for which stage."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lots.errors import CallError, FileChanging, FileRefused
from lots.formats import recognise
from lots.formats.footers import MAGIC
from lots.formats.profile import parsed
from lots.formats.source import GZIP
from lots.pipeline import profiles
from lots.pipeline.incoming import (
    file_system,
    landed,
    local_path,
    mark,
    mark_of,
    open_incoming,
    told,
)
from lots.pipeline.receive import FAULTS
from lots.records import STAGES, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from lots.visible import storable, visible

PACKED = 10  # times: what text packs to, or more; of a file that is to be planned, not read


def files(location: str) -> list[str]:
    """The file itself, or every file under a folder or URL. Raises CallError where there is
    none.
    """
    found = listed(location)
    if not found:
        raise CallError(
            f"'{visible(location)}' holds no file; expected a file, or a folder with files in it."
        )
    return found


def listed(location: str) -> list[str]:
    """What lies at a location or under it, in the order of names, links and the like too; hidden
    ones are left alone.

    Raises CallError where the location itself is not there.
    """
    path = local_path(location)
    if path is not None:
        return _local(path)
    return [*marked(location)]


def marked(location: str) -> dict[str, str]:
    """What lies there, each with its mark: by what the store lists, which asks it once, not for each."""
    with told(location):
        system, path = file_system(location)
        if not system.exists(path):
            raise CallError(f"'{visible(location)}' is not there; expected a file or a folder.")
        if system.isfile(path):
            return {location: mark_of(system.info(path))}
        found = sorted(system.find(path, detail=True).items())
        return {
            system.unstrip_protocol(file): mark_of(info)
            for file, info in found
            if not _hidden(PurePosixPath(file), path)
        }


def _local(path: str) -> list[str]:
    if not os.path.lexists(path):
        raise CallError(f"'{visible(path)}' is not there; expected a file or a folder.")
    if not os.path.isdir(path):
        return [path]
    found: list[str] = []
    closed: list[str] = []  # folders that cannot be looked into: whoever receives them says why
    for folder, folders, names in os.walk(
        path, onerror=lambda error: closed.append(error.filename)
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # os.walk lists a link to a folder among the folders and does not follow it: told as a link,
        # not lost.
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [os.path.join(folder, n) for n in (*links, *names) if not n.startswith(".")]
    return sorted((*found, *closed))


def _hidden(file: PurePosixPath, folder: str) -> bool:
    """Whether a file, or a folder between it and the one that is looked through, is hidden; never
    one above that.
    """
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits: its stage and record type ('' where it fits none), about how many bytes of
    text it holds, and whether somebody began with it and did not come to an end.
    """

    location: str
    stage: str
    record: str
    size: int
    begun: bool


def waiting(settings: Settings, stage: str) -> list[Waiting]:
    """Files of a stage that have not been received. What fits no record type belongs to the first
    stage.
    """
    if stage not in STAGES:
        raise CallError(f"'{stage}' is not a stage; expected one of {', '.join(STAGES)}.")
    texts = profiles.texts(settings)
    place = settings.landing_url
    # Those of a store by its list first, and by themselves where that leaves one: it may tell otherwise.
    some = listed(place) if local_path(place) is not None else unseen(settings, marked(place))
    left = unseen(settings, marks(some))
    # Read from its head each time: its name may lie, and a profile may have changed since.
    found = [_looked_at(location, begun, settings, texts) for location, begun in left.items()]
    return [file for file in found if file.stage == stage]


def marks(locations: Iterable[str]) -> dict[str, str]:
    """Files with the marks by which they are known; '' where one cannot be told."""
    return {location: _mark(location) for location in locations}


def unseen(settings: Settings, marked: Mapping[str, str]) -> dict[str, bool]:
    """Those whose bytes have not been concluded, by location, size and time; of each whether it was
    begun.
    """
    # By size and time, without reading: a folder of thousands is looked through again and again.
    named = {
        location: (storable(landed(location, settings.landing_url)), mark)
        for location, mark in marked.items()
    }
    if not named:
        return {}
    with engine(settings=settings).connect() as connection:
        came = receipts.came(connection, dict(named.values()))
    return {
        location: name in came for location, (name, _) in named.items() if not came.get(name, False)
    }


def _mark(location: str) -> str:
    try:
        return mark(location)
    except OSError:  # whoever receives it says why
        return ""


def _looked_at(location: str, begun: bool, settings: Settings, texts: Mapping[str, str]) -> Waiting:
    """The file by its header and name, read by its sender's profile of these."""
    path = PurePosixPath(location)
    sender = path.parent.name
    size = 0
    try:
        with open_incoming(location, settings.landing_url) as file:
            size = file.stream.seek(0, os.SEEK_END)
            file.stream.seek(0)
            packed = file.stream.read(len(MAGIC)).startswith((GZIP, MAGIC))
            file.stream.seek(0)
            found = recognise.open_batch(
                file.stream,
                size,
                storable(path.name),
                records(),
                parsed(sender, texts.get(sender)),
            )
            record = found.layout.record
            held = size * (PACKED if packed else 1)
            return Waiting(location, record.stage, record.name, held, begun)
    except (FileRefused, FileChanging, CallError, *FAULTS):  # whoever receives it says why
        # It must be of some stage, or it would wait for ever unseen.
        return Waiting(location, STAGES[0], "", size, begun)
