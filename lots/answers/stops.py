"""The list of what is stopped at a site, for when nobody can be asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StoppedPack:
    """A pack that is stopped, by one of its names."""

    gtin: str
    serial: str


@dataclass(frozen=True, slots=True)
class Stops:
    """What is stopped at a site. until: when the list is too old to be used; note: the whole list,
    signed;
    key: the line of the key that verifies it; nowhere: of a place of which no record tells, that
    sentence with the nearest names, else empty: what is stopped there alone may be missing.
    """

    site: str
    at: datetime
    until: datetime
    lots: tuple[str, ...]  # by number alone: of two makers' lots of one number both are stopped
    packs: tuple[StoppedPack, ...]  # under every name that each had or got
    note: str
    key: str
    nowhere: str
