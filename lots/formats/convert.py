"""Values from a sender's way of writing into the template's, column by column and row by row."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lots import jsonb, zones
from lots.formats import elapsed, instants, measured, missing, units
from lots.formats.batch import Layout
from lots.formats.clocks import Written
from lots.formats.fits import fitting
from lots.formats.kept import Kept, NoReading, NotRead, Typed, gap, unknown, unread
from lots.formats.numbers import number
from lots.formats.profile import Profile
from lots.formats.typed import CODES, text_of_typed
from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record
from lots.grammar.unknown import bare

NUMBERS = (Kind.AMOUNT, Kind.COUNT)
TIMES = (Kind.DAY, Kind.INSTANT)
Step = Callable[[str], str]  # raises NotRead
Conversion = Callable[[str], str | Kept]


@dataclass(frozen=True, slots=True)
class Way:
    """How a sender writes one column, where not as the template has it."""

    trim: bool = False
    comma: bool = False
    grouping: str = ""
    zone: str = ""
    unit: tuple[str, str] | None = None  # theirs, and the column's own
    clock: Written | None = None
    absent: missing.Missing = missing.NOTHING  # what no reading looks like
    # Words for not known beside those that everybody has, in their bare form.
    nobody: frozenset[str] = frozenset()


def way(profile: Profile, record: Record, target: str) -> Way:
    """How the sender writes a declared column."""
    column = record.column(target)
    numeric = column.kind in NUMBERS
    unit = profile.units.get(target, column.unit) if numeric else column.unit
    same = units.canonical(unit) == units.canonical(column.unit)
    return Way(
        profile.trim,
        profile.decimal_comma and numeric,
        profile.grouping if numeric else "",
        profile.zone if column.kind is Kind.INSTANT else "",
        None if same else (unit, column.unit),
        profile.written if column.kind in TIMES and profile.written else None,
        (
            missing.NOTHING
            # Columns that name something have words of their own, which lead to UNKNOWN and not to
            # a gap.
            if column.names
            else missing.profiled(profile.missing, record, column, comma=profile.decimal_comma)
        ),
        _words(profile, target) if column.names else frozenset(),
    )


def _words(profile: Profile, target: str) -> frozenset[str]:
    said = profile.missing
    return frozenset(map(bare, said.get(target, ()))) if isinstance(said, Mapping) else frozenset()


def conversions(
    profile: Profile, record: Record, targets: Sequence[str | None]
) -> tuple[Conversion | None, ...]:
    """For each column of a file what turns the sender's way into ours; None where nothing does.

    A text that a conversion does not know stays as it came, and is then not readable.
    """
    return tuple(
        conversion(way(profile, record, t), record.column(t)) if t else None for t in targets
    )


def conversion(of: Way, column: Column, between: Sequence[Step] = ()) -> Conversion | None:
    """What turns one way of writing into ours; None where it is ours. between: what follows the
    decimal mark.
    """
    steps: list[Step] = [str.strip] if of.trim else []
    marks: list[Step] = []
    if of.comma or of.grouping:
        marks.append(number("," if of.comma else ".", of.grouping, whole=column.kind is Kind.COUNT))
    # Order matters: blanks, the sender's decimal mark, what stands for no reading (its numbers are
    # compared as numbers), clocks; units last, or a probe's 999.9 would become a temperature.
    after: list[Step] = list(between)
    if of.absent:
        after.append(lambda value: missing.read(value, of.absent))
    if of.nobody:
        after.append(lambda value: _unless_nobody(value, of.nobody))
    if of.clock or of.zone:
        after.append(
            instants.reader(
                column.kind, of.clock or Written(), zones.zone(of.zone) if of.zone else None
            )
        )
    turned = units.turning(of.unit[0], column) if of.unit else None
    if not (steps or marks or after or turned):
        return None

    def converted(sent: str) -> str | Kept:
        # A number of JSON or Parquet has no sender's mark in it: 1.234 under a decimal comma is
        # itself.
        own = isinstance(sent, Typed)
        try:
            value = _through(sent, (*steps, *([] if own else marks), *after))
        except NoReading:
            # A gap is empty; a person or pack that is not known keeps a word, so that both readings
            # find it.
            return unknown(sent) if column.names else gap(sent)
        except NotRead as why:
            return unread(sent, str(why))
        return turned(value, sent) if turned else value

    return converted


def _unless_nobody(value: str, words: frozenset[str]) -> str:
    if bare(value) in words:
        raise NoReading(value)
    return value


def _through(value: str, steps: Sequence[Step]) -> str:
    for step in steps:
        value = step(value)
    return value


class Turning:
    """Turns the rows of one file into staged rows, and counts what must not be read."""

    def __init__(self, layout: Layout, convert: Sequence[Conversion | None]) -> None:
        self.layout = layout
        self._unread: Counter[tuple[str, str]] = Counter()
        self._gaps: Counter[str] = Counter()
        record = layout.record
        self._each = [
            (
                name,
                target,
                record.column(target) if target else None,
                with_measured(record, target, turned),
            )
            for name, target, turned in zip(layout.names, layout.targets, convert, strict=True)
        ]
        # Most files need nothing turned: their rows are passed on without being looked at.
        self._nothing = not layout.extras and all(turned is None for *_, turned in self._each)

    def row(self, values: Sequence[str], more: Mapping[str, str] | None = None) -> list[str]:
        """A staged row from the file's values in the file's order; more: what else the line has,
        under its names.
        """
        if self._nothing and not more and not any(isinstance(value, Typed) for value in values):
            return [*values, ""]
        row: dict[str, str] = {}
        sent: dict[str, object] = {}
        extra = {name: value for name, value in (more or {}).items() if value}
        for (name, target, column, convert), value in zip(self._each, values, strict=True):
            if not target or column is None:
                extra |= {name: value} if value else {}
                continue
            got = _turned(value, column, convert)
            if isinstance(got, Kept):
                sent[target], got = got.sent, got.value
            row[target] = got
        # After all columns: the operator's own may stand on either side of the value's.
        measured.beside(row, sent, self.layout)
        self._count(sent)
        return self._staged(row, extra, sent)

    def _count(self, sent: Mapping[str, object]) -> None:
        for target, told in sent.items():
            if isinstance(told, Mapping) and "why" in told:
                self._unread[target, str(told["why"])] += 1
            if isinstance(told, Mapping) and "reading" in told and not self.layout.log:
                self._gaps[target] += 1

    def _staged(
        self, row: Mapping[str, str], extra: Mapping[str, str], sent: Mapping[str, object]
    ) -> list[str]:
        texts = [row.get(name, "") for name in (*self.layout.columns, *self.layout.added)]
        more = [_json(extra)] if self.layout.extras else []
        return [*texts, *more, _json(sent)]

    def notices(self) -> tuple[str, ...]:
        """What a person should know of values that were not read, by column."""
        gaps = (
            f"{target}: {count:,} values are no reading, as the sender's profile says; they are"
            " kept as sent."
            for target, count in sorted(self._gaps.items())
        )
        return (
            *gaps,
            *(
                f"{target}: {count:,} values are kept as sent and not read: {why}."
                for (target, why), count in sorted(self._unread.items())
            ),
        )


def _turned(value: str, column: Column, convert: Conversion | None) -> str | Kept:
    """A value in the template's way, beside it what stood in the file where that says more, or may
    not be readable.
    """
    text = Typed(text_of_typed(value, column)) if isinstance(value, Typed) else value
    got = convert(text) if convert and text else text
    if isinstance(got, Kept):
        return got if text == value else Kept(got.value, {**got.sent, "text": value})
    # What was sent is kept unless the value surely says all of it: keeping too much is harmless.
    if got == value or (not _says_more(value, got, column) and fitting(column)(got)):
        return got
    return Kept(got, {"text": value})


def _says_more(value: str, got: str, column: Column) -> bool:
    """Whether the file says more than the value: what groups thousands, or .0 of a number that is a
    name.
    """
    if isinstance(value, Typed):
        return column.kind in CODES
    return column.kind in NUMBERS and len(got) < len(value.strip())


def with_measured(
    record: Record, target: str | None, turned: Conversion | None
) -> Conversion | None:
    """A column's conversion, and what is done to a value that was measured in a unit of its row's
    own.
    """
    own = record.measured
    # It names the reading, so it is whole; a fraction in a key would make two readings of one.
    if target == elapsed.COLUMN:
        return _then(turned, elapsed.whole)
    if own is None or not target:
        return turned
    if target == own.unit:
        return _then(turned, measured.unit)
    if target == own.operator:
        return _then(turned, measured.operator)
    return _apart(turned) if own.operator and target == own.value else turned


def _then(first: Conversion | None, last: Conversion) -> Conversion:
    def both(sent: str) -> str | Kept:
        got = first(sent) if first else sent
        return last(got) if isinstance(got, str) else got

    return both


def _apart(number_of: Conversion | None) -> Conversion:
    """A value without the operator before it, which is kept; it stays as it came where no number is
    left.
    """

    def read(sent: str) -> str | Kept:
        operator, rest = measured.apart(sent)
        got = number_of(rest) if number_of else rest
        if not operator or isinstance(got, Kept):
            # The whole text is unread then, not the rest of it: without its operator a bound looks
            # like a value.
            return unread(sent, str(got.sent["why"])) if operator and isinstance(got, Kept) else got
        return Kept(got, {"text": sent, "operator": operator}) if measured.is_number(got) else sent

    return read


def _json(said: Mapping[str, object]) -> str:
    return jsonb.text_of(said) if said else ""
