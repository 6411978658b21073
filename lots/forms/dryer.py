"""Freeze-dryer logs as their controllers and historians write them.

A controller's log has a few lines before its header and a clock without a date that wraps at midnight. A historian's
export has comment lines and one timestamp column. Sentinels of unplugged probes become "no reading".
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from lots.errors import FileRefused
from lots.forms.batch import RAW_KEPT, Batch, Broken, Layout, text_of
from lots.forms.convert import Conversion, Turning, conversion, way
from lots.forms.profile import Profile
from lots.forms.source import Counted

CONTROLLER: Mapping[str, str] = {
    "CycleTime": "elapsed_s", "Phase": "phase", "Step": "phase_step", "VacSetPT": "pressure_set_mtorr",
    "VacPirani": "pirani_mtorr", "VacCPM": "cm_mtorr", "ShelfSetPT": "shelf_set_c", "ShelfInlet": "shelf_c",
    "Condenser": "condenser_c", **{f"TP{n}": f"product_{n}_c" for n in range(1, 9)},
}
UNPLUGGED = frozenset({"999", "999.0", "999.9", "-999", "-999.0", "-999.9"})  # of a probe; a pressure may be 999 mTorr
NOT_A_NUMBER = frozenset({"NaN", "nan"})
DAY_S = 86_400
CLOCK_CHANGE_S = 3_600
GAP_TIMES = 2  # a gap is longer than this many times the usual interval


def clock(text: str) -> int:
    """Seconds since midnight of an H:M:S clock. Raises ValueError."""
    hour, minute, second = (int(part) for part in text.split(":"))
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60 and text.isascii()):
        raise ValueError(text)
    return hour * 3600 + minute * 60 + second


class Elapsed:
    """Seconds since the first line, over midnights; a timestamp with a date needs no such guess."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.last = 0
        self.days = 0

    def __call__(self, text: str) -> int:
        """The elapsed seconds of the next line's time. Raises ValueError where it is none, or goes back."""
        now = clock(text) if "-" not in text and "/" not in text else _moment(text)
        if self.first is None:
            self.first, self.last = now, now
        if now < DAY_S and self.last % DAY_S - now > CLOCK_CHANGE_S:  # set back by so much: it passed midnight
            self.days += 1
        moment = now + self.days * DAY_S if now < DAY_S else now
        if moment < self.last:
            raise ValueError(text)
        self.last = moment
        return moment - self.first


def _moment(text: str) -> int:
    """Seconds of a timestamp; one without an offset counts as if the clock were never changed during the run."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def read(stream: Counted, layout: Layout, profile: Profile, run: tuple[str, str]) -> Iterator[Batch]:
    """One batch: a log has thousands of lines, not millions. run: its plant and cycle."""
    reader, gaps = _Reader(layout, profile), _Gaps()
    rows: list[tuple[int, list[str]]] = []
    broken: list[Broken] = []
    number, blank = layout.header_line, 0
    while True:
        offset, line = stream.tell(), stream.readline()
        if not line:
            break
        number += 1
        if not line.strip():
            blank += 1
            continue
        try:
            elapsed, row = reader.row(line)
            gaps.add(elapsed)
            rows.append((number, [*run, *row]))
        except ValueError as error:
            broken.append(Broken(number, 1, offset, len(line), line[:RAW_KEPT], f"{error}"))
    yield Batch(text_of(rows), len(rows), number - layout.header_line, tuple(broken), blank,
                notices=(*_silences(reader.silent, len(rows)), *gaps.notices(), *reader.turning.notices()))


class _Reader:
    """Turns lines of a log into values: a sentinel is seen as it was sent, before its unit is turned."""

    def __init__(self, layout: Layout, profile: Profile) -> None:
        self.layout, self.encoding = layout, profile.encoding
        self.elapsed, self.silent = Elapsed(), Counter[str]()
        self.time = layout.targets.index("elapsed_s")
        self.turning = Turning(layout, [self._conversion(profile, t) for t in layout.targets])

    def _conversion(self, profile: Profile, target: str | None) -> Conversion | None:
        if not target or target == "elapsed_s":
            return None
        own, record = way(profile, self.layout.record, target), self.layout.record
        return conversion(replace(own, trim=True), record.column(target), [partial(self._sensed, target)])

    def row(self, line: bytes) -> tuple[int, list[str]]:
        """The elapsed seconds of a line and its staged row. Raises ValueError with a sentence."""
        try:
            fields = line.decode(self.encoding).rstrip("\r\n").split(self.layout.delimiter)
        except UnicodeDecodeError as error:
            raise ValueError(f"Byte {error.start + 1} of the line is 0x{line[error.start]:02x}, which is not "
                             f"{self.encoding.upper()}.") from None
        if len(fields) != len(self.layout.names):
            raise ValueError(f"The line has {len(fields)} fields; expected {len(self.layout.names)}.")
        values = [value.strip() for value in fields]
        elapsed = self._elapsed(values[self.time])
        values[self.time] = str(elapsed)
        return elapsed, self.turning.row(["" if value in NOT_A_NUMBER and not target else value
                                          for target, value in zip(self.layout.targets, values, strict=True)])

    def _elapsed(self, text: str) -> int:
        try:
            return self.elapsed(text)
        except ValueError:
            raise ValueError(
                f"The time is '{text[:32]}'; expected a time that is not before the line above.") from None

    def _sensed(self, target: str, value: str) -> str:
        """The value, or nothing where a probe or gauge was not there."""
        if value in NOT_A_NUMBER or (value in UNPLUGGED and target.endswith("_c")):
            self.silent[f"{target} ({value})"] += 1
            return ""
        return value


def _silences(silent: Counter[str], rows: int) -> list[str]:
    return [f"L02: no reading of {name} in {count:,} of {rows:,} lines; an unplugged probe is not a temperature."
            for name, count in sorted(silent.items())]


class _Gaps:
    """Intervals between lines, to tell where the log was silent for longer than twice the usual."""

    def __init__(self) -> None:
        self.times: list[int] = []

    def add(self, elapsed: int) -> None:
        self.times.append(elapsed)

    def notices(self) -> list[str]:
        steps = [b - a for a, b in zip(self.times, self.times[1:], strict=False)]
        if not steps:
            return []
        usual = sorted(steps)[len(steps) // 2]
        return [f"L02: no line for {step:,} s after {at:,} s; usual is every {usual} s."
                for at, step in zip(self.times, steps, strict=False) if step > GAP_TIMES * max(usual, 1)]


def layout_of(names: tuple[str, ...], renamed: Mapping[str, str], known: frozenset[str]) -> tuple[str | None, ...]:
    """The reading's column for each column of a log; a historian's tags come from the sender's profile."""
    found = [renamed.get(n) or CONTROLLER.get(n) or (n if n in known else None) for n in names]
    if found[0] is None and "elapsed_s" not in found:
        found[0] = "elapsed_s"  # a historian's one timestamp column stands first
    if "elapsed_s" not in found:
        raise FileRefused("The log has no time column; expected CycleTime or a first column of timestamps.")
    return tuple(found)
