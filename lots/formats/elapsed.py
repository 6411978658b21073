"""How long after its first line each line of a dryer's log was written, whatever its clock did
meanwhile.

A logger writes its lines in the order in which it sampled: a clock that goes back has passed
midnight, or was set back for the winter. elapsed_s names a reading, so no two lines get the same
one while there are seconds for them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from lots.formats.kept import Kept
from lots.formats.times import DAY, HOUR, MICRO, Since, Time

COLUMN = "elapsed_s"
FRACTION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")
GAP_TIMES = 2  # a gap is longer than this many times the usual interval
NIGHT = (23 * HOUR, 4 * HOUR)  # clocks are set back at night, in whatever zone
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 the local calendar's own reckoning


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a log was written. zone: of its local times. midnight: of its first line's
    day, local, where its clock tells no day. resolution: seconds that its clock can tell apart.
    """

    zone: ZoneInfo | None = None
    midnight: int | None = None
    resolution: int = 1


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Whole seconds of each line, None where its time goes back; and what a person should know of
    the clock.
    """

    seconds: tuple[int | None, ...]
    notices: tuple[str, ...]


def elapsed(times: Sequence[Time], place: Place) -> Elapsed:
    """The elapsed seconds of the lines of one run, in their order."""
    if not times:
        return Elapsed((), ())
    since = times[0].since
    # A line that counts from elsewhere has no place among the others, and is kept aside.
    walls = [time.micro if time.since is since else None for time in times]
    if since is Since.MIDNIGHT:
        walls = list(_over_midnights(walls, place.midnight or 0))
    clock = _clock(since, [wall for wall in walls if wall is not None], place)
    moments = [None if wall is None else clock.moment(wall) for wall in walls]
    first = 0 if since is Since.START else next(m for m in moments if m is not None)
    # In whole numbers: a float of microseconds since 1970 has no halves to round.
    whole = [(m - first + MICRO // 2) // MICRO for m in moments if m is not None]
    seconds, shared = _distinct(whole, place.resolution)
    told = iter(seconds)
    shares = (
        [f"L02: {shared:,} lines stand in the same second as the line above."] if shared else []
    )
    return Elapsed(
        tuple(None if m is None else next(told) for m in moments), (*clock.notices, *shares)
    )


def whole(text: str) -> str | Kept:
    """Seconds without their fraction, halves upward; a text that has none as it came."""
    found = FRACTION.fullmatch(text)
    if not found:
        return text
    seconds = int(found[1]) + (found[2] >= "5")
    return Kept(str(seconds), {"text": text, "rounded": bool(found[2].strip("0"))})


def fractions_in(block: bytes, column: int) -> bool:
    """Whether a block of CSV without quotes has a fraction in a column, by its number from 0."""
    return re.search(rb"^(?:[^,\n]*,){%d}[0-9]+\." % column, block, re.MULTILINE) is not None


def usual_step(moments: Sequence[int]) -> int:
    """The usual step from one moment to the next: the middle one."""
    steps = sorted(step for before, after in pairwise(moments) if (step := after - before) > 0)
    return steps[len(steps) // 2] if steps else 0


def _over_midnights(clocks: Sequence[int | None], midnight: int) -> Iterator[int | None]:
    """Times since one midnight: a clock that goes back by more than an hour has passed the next
    one.
    """
    last = None
    for clock in clocks:
        # An hour less is a clock that was set back, or two lines in the wrong order, and no
        # midnight.
        if clock is not None and last is not None and clock + HOUR < last:
            midnight += DAY
        last = last if clock is None else clock
        yield None if clock is None else clock + midnight


def _clock(since: Since, walls: Sequence[int], place: Place) -> "_Clock":
    usual = usual_step(walls)
    if since in (Since.START, Since.INSTANT):
        return _Clock(usual, changes=False)
    offsets = (
        _Offsets(place.zone)
        if place.zone and (since is Since.LOCAL or place.midnight is not None)
        else None
    )
    if offsets and any(
        offsets.skips(wall) for wall in walls
    ):  # it tells times that its zone skips: nobody sets it
        return _Clock(usual, changes=False)
    return _Clock(usual, offsets=offsets)


@dataclass(slots=True)
class _Offsets:
    """The offsets of a zone at local times, the earlier and the later one: they differ where the
    clocks change.
    """

    zone: ZoneInfo

    def at(self, wall: int) -> tuple[int, int]:
        """Both offsets of a local time, in microseconds."""
        local = EPOCH + timedelta(microseconds=wall)
        early, late = (
            local.replace(tzinfo=self.zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1)
        )
        return early // timedelta(microseconds=1), late // timedelta(microseconds=1)

    def skips(self, wall: int) -> bool:
        """Whether the clocks are set forward over a local time."""
        early, late = self.at(wall)
        return early < late

    def repeats(self, wall: int) -> int:
        """By how much the clocks are set back over a local time, which is then told twice."""
        early, late = self.at(wall)
        return max(0, early - late)

    def set_back(self, before: int, wall: int) -> int:
        """By how much the clocks were set back between two local times in their order (below 0:
        forward).
        """
        # Both lie in the hour that is told twice: which of the two each is, only their order says.
        if self.repeats(before) and self.repeats(wall):
            return 0
        return self.at(before)[1] - self.at(wall)[0]


@dataclass(slots=True)
class _Clock:
    """Turns the local times of a run, line by line, into moments that only go on."""

    usual: int
    offsets: _Offsets | None = None
    changes: bool = True
    shift: int = 0  # by how much the clock was set back so far
    was_set_back: bool = False
    last: int | None = None
    notices: list[str] = field(default_factory=list)

    def moment(self, wall: int) -> int | None:
        """The moment of the next line; None where it lies before the line above."""
        if self.last is not None:
            before = self.last + self.shift
            if self.changes:
                self._set(self.last, wall)
            if wall + self.shift < before:
                return None
        self.last = wall
        return wall + self.shift

    def _set(self, last: int, wall: int) -> None:
        """Follow the clock where it was set between two lines."""
        # Back explains a line; forward is believed of a zone alone, for an hour of silence looks
        # like it.
        if change := self._back(last, wall):
            self.was_set_back = True
        elif self.offsets and wall > last:
            change = self.offsets.set_back(last, wall)
        self.shift += change
        if change:
            way = "back" if change > 0 else "forward"
            self.notices.append(
                f"L02: the clock was set {way} by {abs(change) // MICRO:,} s during the run; the"
                " run goes on."
            )

    def _back(self, last: int, wall: int) -> int:
        """By how much the clock was set back before a line that seems to lie before the one
        above.
        """
        # Once a run: a second time would let a log whose lines are mixed up pass as one that goes
        # on.
        if wall > last or self.was_set_back:
            return 0
        change = self.offsets.repeats(wall) if self.offsets else HOUR if _at_night(wall) else 0
        # A line that lands much later than usual was not brought here by the clock.
        most = max(GAP_TIMES * self.usual, change // 2 if self.offsets and wall < last else 0)
        return change if 0 < wall - last + change <= most else 0


def _at_night(wall: int) -> bool:
    return wall % DAY >= NIGHT[0] or wall % DAY < NIGHT[1]


def _distinct(whole: Sequence[int], resolution: int) -> tuple[list[int], int]:
    """Seconds, so that no two lines have the same one where the clock leaves room; and how many
    share one.
    """
    groups = [(second, len(list(same))) for second, same in groupby(whole)]
    found: list[int] = []
    shared = 0
    for n, (second, lines) in enumerate(groups):
        # The last group has no next second that bounds it, unless lines share one already.
        room = max(resolution, lines)
        if n + 1 < len(groups):
            room = min(room, groups[n + 1][0] - second)
        elif shared:
            room = min(room, resolution)
        found += [second + room * line // lines for line in range(lines)]
        shared += max(0, lines - room)
    return found, shared
