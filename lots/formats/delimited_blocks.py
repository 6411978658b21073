"""Delimited text, block by block: whole lines as they are where they are ours, else row by row."""

import csv
from dataclasses import dataclass, field

import numpy as np

from lots.formats import elapsed, measured
from lots.formats.batch import HEADER_AGAIN, RAW_KEPT, Batch, Broken, Layout, text_of
from lots.formats.convert import Turning, conversions
from lots.formats.limits import Effort
from lots.formats.profile import Profile
from lots.formats.quotes import Quotes
from lots.formats.surroundings import a_sum, may_hold_a_sum

LINE_MOST = 1 << 20


# Bounds the work on quotes that never close: after each, reading begins anew one line below.
QUOTED_LINES_MOST = 1_000


CHECKED = 64  # lines after which it is asked whether reading takes too long


def _before(lines: int) -> str:
    return "before the next line" if lines == 1 else f"before line {lines:,} below it"


@dataclass(slots=True)
class Position:
    """Where reading stands: the next line's number and its byte offset."""

    line: int
    offset: int


@dataclass(slots=True)
class _Found:
    """What the line-by-line way gathers."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    blank: int = 0


class Reader:
    def __init__(self, layout: Layout, profile: Profile, header: bytes) -> None:
        self.layout, self.profile, self.header = layout, profile, header.strip()
        self.delimiter = layout.delimiter.encode()
        # How many delimiters a line has, not fields.
        self.wanted = len(layout.names) - 1
        convert = conversions(profile, layout.record, layout.targets)
        self.turning = Turning(layout, convert)
        self.quotes = Quotes(self.delimiter)
        self.effort = Effort()
        # Then a block's bytes may go to COPY as they came: half the time of the csv module's way.
        self.as_it_is = _as_ours(layout, profile) and not any(convert)

    def batch(self, data: bytes, position: Position, *, last: bool) -> tuple[Batch, bytes]:
        """The batch of whole lines, and the bytes of a quoted row that goes on in the next
        block.
        """
        start = position.line
        clean = self._clean(data) if self.as_it_is else None
        if clean is not None:
            text, count = clean
            position.line += count
            position.offset += len(data)
            # COPY numbers them on its way in, so that the bytes need not be written anew.
            return Batch(text, count, count, first=start, lacks=self.layout.turned_only), b""
        found, rest = self._line_by_line(data, position, last=last)
        return (
            Batch(
                text_of(found.rows),
                len(found.rows),
                position.line - start,
                tuple(found.broken),
                found.blank,
            ),
            rest,
        )

    def _clean(self, data: bytes) -> tuple[bytes, int] | None:
        """The block and its number of lines, where every line is a row as it is; else None."""
        body = data.replace(b"\r\n", b"\n") if b"\r" in data else data
        if (
            # Whatever needs more than counting commas has the other way: a quote may hide line
            # ends, a NUL no text of PostgreSQL's may have, and bytes that are no UTF-8 would end
            # the whole COPY.
            not body.endswith(b"\n")
            or b'"' in body
            or b"\r" in body
            or b"\0" in body
            or not _utf8(body)
        ):
            return None
        if (
            may_hold_a_sum(body)
            # Files that were joined by hand have the header again in the middle.
            or body.startswith(self.header + b"\n")
            or b"\n" + self.header + b"\n" in body
        ):
            return None
        if self.layout.record.measured and not measured.nothing_in(body):
            return None
        if elapsed.COLUMN in self.layout.targets and elapsed.fractions_in(
            body, self.layout.targets.index(elapsed.COLUMN)
        ):
            return None
        return (body, body.count(b"\n")) if _even(body, self.wanted) else None

    def _line_by_line(self, data: bytes, position: Position, *, last: bool) -> tuple[_Found, bytes]:
        lines, found, at = _split(data), _Found(), 0
        while at < len(lines):
            if not at % CHECKED:
                self.effort.check(position.line, position.offset)
            used = self._row(lines, at, position, found, last=last)
            if not used:
                # Read again with the next block; at most QUOTED_LINES_MOST lines are.
                return found, b"".join(lines[at:])
            at += used
        return found, b""

    def _row(
        self, lines: list[bytes], at: int, position: Position, found: _Found, *, last: bool
    ) -> int:
        """Take the row that begins at a line; how many lines it used, 0 where it goes on in the
        next block.
        """
        plain = self._plain(lines[at])
        if plain is not None:
            found.rows.append((position.line, self.turning.row(plain)))
            position.line += 1
            position.offset += len(lines[at])
            return 1
        used, reason = self._extent(lines, at, last=last)
        if not used:
            return 0
        raw = b"".join(lines[at : at + used])
        # Before the fields are looked at: a blank line has too few, and is no refused row.
        if not raw.strip():
            found.blank += 1
        else:
            fields = None if reason else self._fields(raw)
            if isinstance(fields, list):
                found.rows.append((position.line, self.turning.row(fields)))
            else:
                found.broken.append(
                    Broken(
                        position.line,
                        used,
                        position.offset,
                        len(raw),
                        raw[:RAW_KEPT],
                        reason or str(fields),
                    )
                )
        position.line += used
        position.offset += len(raw)
        return used

    def _plain(self, line: bytes) -> list[str] | None:
        """The fields of a line that is a row by itself and has no quote, as most are; None where it
        must be read.
        """
        body = line.removesuffix(b"\n").removesuffix(b"\r")
        if (
            b'"' in body
            or b"\r" in body
            or b"\0" in body
            or len(line) > LINE_MOST
            or not body.strip()
            or body.strip() == self.header
        ):
            return None
        try:
            # Decoded before it is split: in some encodings a delimiter's byte is half of another
            # character.
            fields = body.decode(self.profile.encoding).split(self.layout.delimiter)
        except UnicodeDecodeError:
            return None
        return fields if len(fields) == self.wanted + 1 and not a_sum(fields) else None

    def _extent(self, lines: list[bytes], at: int, *, last: bool) -> tuple[int, str]:
        """How many lines a row spans, by its quotes; (1, reason) where its quote never closes in
        time.
        """
        inside, length = False, 0
        for spans, line in enumerate(lines[at : at + QUOTED_LINES_MOST], 1):
            # Such a line is a row of its own, so the quote above was a slip: without this it would
            # swallow rows, and the file would still look whole.
            if spans > 1 and line.count(self.delimiter) == self.wanted and b'"' not in line:
                return 1, f"A quote is not closed {_before(spans - 1)}, which is a row of its own."
            length += len(line)
            if length > LINE_MOST:
                # One line is refused, never all that the quote took in: reading goes on at the
                # next.
                return 1, f"The row has more than {LINE_MOST:,} bytes."
            sound, inside = self.quotes.after(line, inside=inside)
            if not sound:
                return (
                    1,
                    (
                        "A quote stands inside a field; expected it at a field's beginning, and"
                        " closed at its end."
                    ),
                )
            if not inside:
                return spans, ""
        if last or len(lines) - at >= QUOTED_LINES_MOST:
            return 1, f"A quote is not closed within {QUOTED_LINES_MOST:,} lines."
        return 0, ""

    def _fields(self, raw: bytes) -> list[str] | str:
        """The row's fields, or the sentence that says why there are none."""
        body = raw.removesuffix(b"\n").removesuffix(b"\r")
        if body.strip() == self.header:
            return HEADER_AGAIN
        if b"\0" in body:
            return "The line has a NUL byte."
        try:
            line = body.decode(self.profile.encoding)
        except UnicodeDecodeError as error:
            return (
                f"Byte {error.start + 1} of the line is 0x{body[error.start]:02x}, which is not "
                f"{self.profile.encoding.upper()}."
            )
        return self._split_fields(line)

    def _split_fields(self, line: str) -> list[str] | str:
        if "\r" in line and '"' not in line:
            return "The line has a carriage return inside."
        try:
            # strict: else the module takes what stands behind a closing quote for part of the
            # value.
            rows = list(csv.reader([line], delimiter=self.layout.delimiter, strict=True))
        except csv.Error as error:
            return f"The line's quotes do not fit: {error}."
        if len(rows) != 1 or len(rows[0]) != self.wanted + 1:
            got = len(rows[0]) if rows else 0
            return f"The line has {got} fields; expected {self.wanted + 1}."
        return a_sum(rows[0]) or rows[0]


def _as_ours(layout: Layout, profile: Profile) -> bool:
    """Whether a file's bytes have the template's form, whatever its values."""
    return layout.delimiter == "," and profile.encoding == "utf-8" and not layout.extras


def _even(body: bytes, wanted: int) -> bool:
    """Whether every line has so many commas, and none is too long: found by where commas and line
    ends stand.
    """
    marks = np.frombuffer(body, np.uint8)
    ends, commas = np.flatnonzero(marks == ord("\n")), np.flatnonzero(marks == ord(","))
    # The sum may be right where one line has a comma too many and another one too few: so below,
    # each line's own commas must lie between its ends.
    if len(commas) != wanted * len(ends) or np.diff(ends, prepend=-1).max() > LINE_MOST:
        return False
    rows = commas.reshape(len(ends), wanted)
    return bool((rows[:, -1] < ends).all() and (rows[1:, 0] > ends[:-1]).all())


def _split(data: bytes) -> list[bytes]:
    """Lines with their ends, split at the newline only: splitlines would split at a lone carriage
    return too.
    """
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
