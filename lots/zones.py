"""Time zones from one place: the package tzdata, which the lock names, whatever the machine or
PYTHONTZPATH offer.

Another time-zone database moves instants by an hour without a word; so no other is asked, and none
is a stop.
"""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lots.errors import CallError


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ZoneInfoNotFoundError, and CallError where the package is
    not there.
    """
    # By the list, never by a path: a name with .. in it would lead out of the package.
    if name not in names():
        raise ZoneInfoNotFoundError(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


@cache
def names() -> frozenset[str]:
    """Every IANA name. Raises CallError."""
    try:
        return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise CallError(
            "tzdata: package: expected the one that requirements.lock names, got none; no time zone"
            " is taken from elsewhere, since another database of them moves instants in silence."
        ) from error
