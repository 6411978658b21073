"""The landing place: which files wait there, and for which stage."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from lots.errors import CallError, FileRefused
from lots.forms import profile as profiles
from lots.forms.recognise import opened
from lots.pipeline.keep import file_system, mark_of
from lots.records import STAGES, records
from lots.settings import Settings
from lots.store import receipts
from lots.store.engine import engine


def files(place: str) -> list[str]:
    """The file itself, or every file under a folder or URL in the order of names; hidden ones are left alone."""
    system, path = file_system(place)
    if not system.exists(path):
        raise CallError(f"'{place}' is not there; expected a file or a folder.")
    if system.isfile(path):
        return [place]
    found = (f for f in system.find(path) if not any(part.startswith(".") for part in PurePosixPath(f).parts))
    return sorted(system.unstrip_protocol(f) if "://" in place else f for f in found)


def waiting(settings: Settings, stage: str) -> list[str]:
    """Files of a stage that have not been received. What fits no record type belongs to the first stage."""
    if stage not in STAGES:
        raise CallError(f"'{stage}' is not a stage; expected one of {', '.join(STAGES)}.")
    return [place for place in unseen(settings, files(settings.landing_url)) if stage_of(place, settings) == stage]


def unseen(settings: Settings, places: Iterable[str]) -> list[str]:
    """Those whose bytes have not been concluded, by place, size and time."""
    marks = {place: mark_of(file_system(place)[0].info(file_system(place)[1])) for place in places}
    if not marks:
        return []
    with engine(settings=settings).connect() as connection:
        seen = receipts.seen(connection, marks)
    return [place for place in marks if place not in seen]


def stage_of(place: str, settings: Settings) -> str:
    """The stage of the record type that the file's header and name tell."""
    system, path = file_system(place)
    sender = PurePosixPath(path).parent.name
    try:
        with system.open(path, "rb") as stream:
            found = opened(stream, system.info(path)["size"], PurePosixPath(path).name, records(),
                           profiles.load(settings.profiles, sender))
            return found.layout.record.stage
    except (FileRefused, CallError, OSError):  # whoever receives it says why
        return STAGES[0]
