"""Freeze-dryer logs as their controllers and historians write them; docs/logs.md says how each of
them is read.

A controller's log has a few lines before its header and a clock without a date that wraps at
midnight. A historian's export has comment lines and one timestamp column. Sentinels of unplugged
probes become "no reading".
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from lots.errors import FileRefused
from lots.formats import missing, units
from lots.formats.batch import RAW_KEPT, Batch, Broken, Layout, text_of
from lots.formats.convert import Conversion, Turning, conversion, way
from lots.formats.elapsed import COLUMN, GAP_TIMES, Place, elapsed
from lots.formats.profile import Profile
from lots.formats.source import Counted
from lots.formats.times import HOUR, MICRO, Time, TimeColumn, first_midnight, started
from lots.zones import zone

CONTROLLER: Mapping[str, str] = {
    "CycleTime": COLUMN,
    "Phase": "phase",
    "Step": "phase_step",
    "VacSetPT": "pressure_set_mtorr",
    "VacPirani": "pirani_mtorr",
    "VacCPM": "cm_mtorr",
    "ShelfSetPT": "shelf_set_c",
    "ShelfInlet": "shelf_c",
    "Condenser": "condenser_c",
    **{f"TP{n}": f"product_{n}_c" for n in range(1, 9)},
}
WHOSE = ("plant", "cycle")
LINES_A_BATCH = 20_000
HOUR_S = HOUR // MICRO


@dataclass(slots=True)
class _Line:
    """A line of a log: of which run it is, its time, and its seconds once all times are known; or why
    it is none. Its fields are split when they are asked for: a log's lines are held all at once.
    """

    number: int
    offset: int
    raw: bytes
    run: tuple[str, ...] = ()
    time: Time | None = None
    reason: str = ""
    second: int = 0

    @property
    def broken(self) -> Broken:
        """The line as one that is kept aside."""
        return Broken(self.number, 1, self.offset, len(self.raw), self.raw[:RAW_KEPT], self.reason)


def told_runs(layout: Layout) -> tuple[str, ...]:
    """What a log's own columns do not say of its run."""
    return tuple(name for name in WHOSE if name not in layout.columns)


def read(stream: Counted, layout: Layout, profile: Profile, run: Sequence[str]) -> Iterator[Batch]:
    """Batches of a log, of which all lines are held: the time of each hangs on all others of its run.
    run: what its own columns do not say of its run.
    """
    reader = _Reader(layout, profile)
    lines, blank = reader.lines(stream)
    notices = [notice for some in reader.by_run(lines) for notice in reader.timed(some)]
    rows, starts = 0, range(0, max(len(lines), 1), LINES_A_BATCH)
    # After the times of all runs are known: a line whose time went back has its reason only now.
    for first in starts:
        some = lines[first : first + LINES_A_BATCH]
        found = [(line.number, [*run, *reader.row(line)]) for line in some if not line.reason]
        rows += len(found)
        batch = Batch(
            text_of(found),
            len(found),
            len(some),
            tuple(line.broken for line in some if line.reason),
        )
        if first == starts[-1]:
            # Only when all is read is it known how often.
            told = (*_silences(reader.silent, rows), *notices, *reader.turning.notices())
            batch = replace(batch, lines=len(some) + blank, blank=blank, notices=told)
        yield batch


class _Reader:
    """Turns lines of a log into values: a sentinel is seen as it was sent, before its unit is
    turned.
    """

    def __init__(self, layout: Layout, profile: Profile) -> None:
        self.layout, self.profile = layout, profile
        self.silent = Counter[str]()
        self.at = layout.targets.index(COLUMN)
        self.of_run = [n for n, target in enumerate(layout.targets) if target in WHOSE]
        self.column = self._time_column()
        self.turning = Turning(layout, [self._conversion(t) for t in layout.targets])

    def _time_column(self) -> TimeColumn:
        theirs = self.layout.names[self.at]
        named = theirs == COLUMN or self.profile.columns.get(theirs) == COLUMN
        unit = self.profile.units.get(COLUMN, "s" if named else "")
        return TimeColumn(self.profile.written, units.canonical(unit), self.profile.decimal_comma)

    def _conversion(self, target: str | None) -> Conversion | None:
        # Times are read of whole runs, where one line explains another, and not value by value.
        if not target or target == COLUMN:
            return None
        column, own = (
            self.layout.record.column(target),
            way(self.profile, self.layout.record, target),
        )
        unit = units.canonical(self.profile.units.get(target, column.unit))
        none = missing.in_logs(column, unit) | own.absent
        sensed = partial(self._sensed, target, none)
        # Its own words for no reading are in `none` already, where they are counted for L02.
        return conversion(replace(own, trim=True, absent=missing.NOTHING), column, [sensed])

    def _sensed(self, target: str, none: missing.Missing, value: str) -> str:
        """The value. Raises NoReading where a probe or gauge was not there."""
        if value in none:
            self.silent[f"{target} ({_shown(value)})"] += 1
        return missing.read(value, none)

    def lines(self, stream: Counted) -> tuple[list[_Line], int]:
        """All lines of a stream that are not blank, and how many are."""
        found: list[_Line] = []
        number, blank = self.layout.header_line, 0
        while True:
            offset, raw = stream.tell(), stream.readline()
            if not raw:
                return found, blank
            number += 1
            if raw.strip():
                found.append(self._line(number, offset, raw))
            else:
                blank += 1

    def _line(self, number: int, offset: int, raw: bytes) -> _Line:
        line = _Line(number, offset, raw)
        try:
            fields = self._fields(raw)
            line.time = self.column.read(fields[self.at])
            # One text for all lines of a run.
            line.run = tuple(sys.intern(fields[n]) for n in self.of_run)
        except ValueError as error:
            line.reason = f"{error}"
        return line

    def _fields(self, line: bytes) -> list[str]:
        """The fields of a line. Raises ValueError with a sentence."""
        encoding = self.profile.encoding
        try:
            fields = line.decode(encoding).rstrip("\r\n").split(self.layout.delimiter)
        except UnicodeDecodeError as error:
            raise ValueError(
                f"Byte {error.start + 1} of the line is 0x{line[error.start]:02x}, which is not "
                f"{encoding.upper()}."
            ) from None
        if len(fields) != len(self.layout.names):
            raise ValueError(
                f"The line has {len(fields)} fields; expected {len(self.layout.names)}."
            )
        return [value.strip() for value in fields]

    def by_run(self, lines: Sequence[_Line]) -> list[list[_Line]]:
        """The lines that have a time, by run, where a column tells it."""
        # One file may hold several runs in turn; each has a clock of its own.
        found: dict[tuple[str, ...], list[_Line]] = {}
        for line in lines:
            if line.time:
                found.setdefault(line.run, []).append(line)
        return list(found.values())

    def timed(self, run: Sequence[_Line]) -> list[str]:
        """Put the elapsed seconds in place of a run's times; what a person should know of them."""
        times = [line.time for line in run if line.time]
        midnight = first_midnight(started(self.layout.started, self.profile.written), times[0])
        own = zone(self.profile.zone) if self.profile.zone else None
        found = elapsed(times, Place(own, midnight, self.column.resolution))
        for line, second in zip(run, found.seconds, strict=True):
            if second is None:
                told = self._fields(line.raw)[self.at]
                line.reason = (
                    f"The time is '{told[:32]}'; expected a time that is not before the line above."
                )
            else:
                line.second = second
        return [*found.notices, *_gaps([second for second in found.seconds if second is not None])]

    def row(self, line: _Line) -> list[str]:
        """The staged row of a line."""
        fields = self._fields(line.raw)
        fields[self.at] = str(line.second)
        return self.turning.row(
            [
                # What stands for nothing in a column that nobody declared is no value that would be
                # kept.
                "" if not target and value.casefold() == missing.NOT_A_NUMBER else value
                for target, value in zip(self.layout.targets, fields, strict=True)
            ]
        )


def _shown(value: str) -> str:
    """What stands for no reading, without what no terminal shows."""
    return "".join(c if c.isprintable() else "?" for c in value[:32])


def _silences(silent: Counter[str], rows: int) -> list[str]:
    return [
        f"L02: no reading of {name} in {count:,} of {rows:,} lines; an unplugged probe is not a"
        " temperature."
        for name, count in sorted(silent.items())
    ]


def _gaps(seconds: Sequence[int]) -> Iterator[str]:
    """Where a log was silent for longer than twice the usual; an hour of it may be a clock that was
    set.
    """
    steps = [after - before for before, after in pairwise(seconds)]
    # The middle one and not the mean, which one long silence would make longer.
    usual = max(sorted(steps)[len(steps) // 2], 1) if steps else 1
    for at, step in zip(seconds, steps, strict=False):
        if step > GAP_TIMES * usual:
            hour = 0 < step - HOUR_S <= GAP_TIMES * usual
            told = (
                "; if its clock was set forward there, zone in the sender's profile says so"
                if hour
                else ""
            )
            yield f"L02: no line for {step:,} s after {at:,} s; usual is every {usual} s{told}."


def layout_of(
    names: tuple[str, ...], renamed: Mapping[str, str], known: frozenset[str]
) -> tuple[str | None, ...]:
    """The reading's column for each column of a log; a historian's tags come from the sender's
    profile.
    """
    found = [renamed.get(n) or CONTROLLER.get(n) or (n if n in known else None) for n in names]
    if found[0] is None and COLUMN not in found:
        found[0] = COLUMN  # a historian's one timestamp column stands first
    if COLUMN not in found:
        raise FileRefused(
            "The log has no time column; expected CycleTime or a first column of timestamps."
        )
    return tuple(found)
