"""The landing folder: which files wait there, and for which stage."""

import os
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from lots.errors import CallError, FileChanging, FileRefused
from lots.formats import recognise
from lots.formats.profile import parsed
from lots.pipeline import profiles
from lots.pipeline.incoming import (
    faults,
    file_system,
    landed,
    local_path,
    mark,
    open_incoming,
    told,
)
from lots.pipeline.receive import FAULTS
from lots.records import STAGES, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from lots.visible import storable, visible


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
    with told(location):
        return _far(location)


def _far(location: str) -> list[str]:
    system, path = file_system(location)
    if not system.exists(path):
        raise CallError(f"'{visible(location)}' is not there; expected a file or a folder.")
    if system.isfile(path):
        return [location]
    return sorted(
        system.unstrip_protocol(f) for f in system.find(path) if not _hidden(PurePosixPath(f), path)
    )


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


def waiting(settings: Settings, stage: str) -> list[str]:
    """Files of a stage that have not been received. What fits no record type belongs to the first
    stage.
    """
    if stage not in STAGES:
        raise CallError(f"'{stage}' is not a stage; expected one of {', '.join(STAGES)}.")
    texts = profiles.texts(settings)
    return [
        location
        for location in unseen(settings, listed(settings.landing_url))
        # Read from its head each time: its name may lie, and a profile may have changed since.
        if stage_of(location, settings, texts) == stage
    ]


def unseen(settings: Settings, locations: Iterable[str]) -> list[str]:
    """Those whose bytes have not been concluded, by location, size and time."""
    # By size and time, without reading: a folder of thousands is looked through again and again.
    marks = {
        location: (storable(landed(location, settings.landing_url)), _mark(location))
        for location in locations
    }
    if not marks:
        return []
    with engine(settings=settings).connect() as connection:
        seen = receipts.seen(connection, dict(marks.values()))
    return [location for location, (name, _) in marks.items() if name not in seen]


def _mark(location: str) -> str:
    try:
        return mark(location)
    except faults():  # whoever receives it says why
        return ""


def stage_of(location: str, settings: Settings, texts: Mapping[str, str]) -> str:
    """The stage of the record type that the file's header and name tell, read by its sender's
    profile of these.
    """
    path = PurePosixPath(location)
    sender = path.parent.name
    try:
        with open_incoming(location, settings.landing_url) as file:
            size = file.stream.seek(0, os.SEEK_END)
            file.stream.seek(0)
            found = recognise.open_batch(
                file.stream,
                size,
                storable(path.name),
                records(),
                parsed(sender, texts.get(sender)),
            )
            return found.layout.record.stage
    except (FileRefused, FileChanging, CallError, *FAULTS):  # whoever receives it says why
        # It must be of some stage, or it would wait for ever unseen.
        return STAGES[0]
