"""The plant's fixed calendar: seconds and days since the start of 2025, as local texts."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from lots import zones
from synthetic.world.draws import Ints
from synthetic.writing.columns import Bytes, Texts, joined

FIRST = date(2025, 1, 1)
HOUR, DAY = 3_600, 86_400
EARLIEST, LATEST = -400, 1_600  # days that have a text
INSTANTS_UNTIL = 420  # days after FIRST for which offsets are known
INSTANTS_FROM = -60
END = 334  # 1 December 2025: all is told until then, before a plant can be received
BERLIN = "Europe/Berlin"


# Every day, second and hour that can be told is written once; a column picks rows of these.
def _characters(texts: list[str]) -> Bytes:
    return np.frombuffer("".join(texts).encode(), np.uint8).reshape(len(texts), -1)


@cache
def _days() -> Bytes:
    return _characters([(FIRST + timedelta(d)).isoformat() for d in range(EARLIEST, LATEST)])


@cache
def _times() -> Bytes:
    return _characters([f"T{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(DAY)])


@cache
def _offsets(zone: str) -> tuple[Ints, Bytes]:
    """The offset of each hour, in seconds and as text; zones change theirs on the hour."""
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    hours = [
        (start + timedelta(hours=h)).astimezone(zones.zone(zone))
        for h in range(INSTANTS_FROM * 24, INSTANTS_UNTIL * 24)
    ]
    offsets = [int((h.utcoffset() or timedelta()).total_seconds()) for h in hours]
    return np.array(offsets, np.int64), _characters([h.isoformat()[-6:] for h in hours])


def _hour(seconds: Ints) -> npt.NDArray[np.int64]:
    return seconds // HOUR - INSTANTS_FROM * 24


def days(numbers: Ints) -> Texts:
    """Calendar days as YYYY-MM-DD; day 0 is the first of 2025."""
    return joined(_days()[numbers - EARLIEST])


def instants(seconds: Ints, zone: str, *, bare: bool = False) -> Texts:
    """Instants (seconds since 2025, UTC) as local texts with their offset; without it, bare."""
    shifts, names = _offsets(zone)
    hour = _hour(seconds)
    # As if local time were universal, which is what the texts of days and seconds tell.
    local = seconds + shifts[hour]
    parts = [_days()[local // DAY - EARLIEST], _times()[local % DAY]]
    return joined(*parts) if bare else joined(*parts, names[hour])


def period(seconds: Ints) -> tuple[int, int]:
    """The days that have these instants: the first, and the one after the last."""
    return int(seconds.min()) // DAY, int(seconds.max()) // DAY + 1


def told_until() -> datetime:
    """The moment until which every sender of a plant has told all that it knows."""
    return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(END)


def day(number: int) -> str:
    """One calendar day."""
    return (FIRST + timedelta(number)).isoformat()


def instant(second: int, zone: str = BERLIN, *, bare: bool = False) -> str:
    """One instant."""
    return str(instants(np.array([second]), zone, bare=bare)[0].as_py())
