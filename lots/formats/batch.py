"""What every form is read into: batches of staged lines, and what could not be read as a row."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lots.grammar.schema import Record

# bytes of a refused line kept beside its reason; offset and length find the rest in the raw file
RAW_KEPT = 65_536
EXTRA = "extra"
SENT = "sent"  # what was sent in place of a value that was turned, as JSON by column
HEADER_AGAIN = "The header again."
LOGS = ("controller", "historian")
# A value with a carriage return, behind whole quoted ones: Python quotes it from 3.13 on only, and
# one that is not quoted ends a row for Arrow, and the whole COPY for PostgreSQL.
UNQUOTED = re.compile('"(?:[^"]|"")*"|[^",\n]*\r[^",\n]*')


@dataclass(frozen=True, slots=True)
class Broken:
    """A line, or several that a quote joined, that is no row: where it is in the file, its bytes,
    and why.
    """

    line: int
    lines: int
    offset: int
    length: int
    raw: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines of a file as CSV in UTF-8, each row led by its line number; or, where `first` is
    given, as they came, without numbers, the first row standing on that line of the file and every
    other on the next. lacks: columns that other batches of the file have.

    lines = rows' own lines + broken lines + blank + other (header, comment), so that the batches
    tile the file.
    """

    # Bytes and not rows: both readings parse the same CSV by a parser of their own.
    text: bytes
    rows: int
    lines: int
    broken: tuple[Broken, ...] = ()
    blank: int = 0
    other: int = 0
    notices: tuple[str, ...] = ()
    first: int = 0
    lacks: tuple[str, ...] = ()

    def named(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of its rows, among those of the whole file."""
        return tuple(c for c in columns if c not in self.lacks)

    def numbered(self) -> bytes:
        """The text with every row led by its line number, ready for COPY."""
        if not self.first:
            return self.text
        return (
            b"\n".join(
                [b"%d,%b" % pair for pair in enumerate(self.text[:-1].split(b"\n"), self.first)]
            )
            + b"\n"
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file is read: its record type, form, and for each of its columns the declared one
    (None: extra).

    version: the first day of the version of the profile that it is read by; None for the first one.
    started: when a dryer's run began, as its log says it.
    """

    record: Record
    form: str
    names: tuple[str, ...]
    targets: tuple[str | None, ...]
    delimiter: str = ","
    header_line: int = 1
    version: date | None = None
    started: str = ""

    @property
    def log(self) -> bool:
        """Whether it is a dryer's log."""
        return self.form in LOGS

    @property
    def text(self) -> bool:
        """Whether the sender chooses its encoding and delimiter."""
        return self.log or self.form == "csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """The declared columns that the file has, in its order."""
        return tuple(t for t in self.targets if t)

    @property
    def extras(self) -> tuple[str, ...]:
        """The file's columns that are not declared: kept, and told."""
        return tuple(n for n, t in zip(self.names, self.targets, strict=True) if t is None)

    @property
    def added(self) -> tuple[str, ...]:
        """Columns that a value of the file may fill though the file has none of that name."""
        # '<20' fills the operator's column too, although the sender has only the value's.
        own = self.record.measured
        return (
            (own.operator,)
            if own and own.operator not in ("", *self.columns) and own.value in self.columns
            else ()
        )

    @property
    def staged(self) -> tuple[str, ...]:
        """The columns of the staged text after the line number."""
        return (*self.columns, *self.added, *((EXTRA,) if self.extras else ()), SENT)

    @property
    def turned_only(self) -> tuple[str, ...]:
        """Those that only rows have which were turned into the template's way."""
        return (*self.added, SENT)


def text_of(rows: Iterable[tuple[int, list[str]]]) -> bytes:
    """Numbered rows as CSV in UTF-8; empty values stay unquoted,
    so that COPY reads them as null.
    """
    out = io.StringIO()
    # The writer's own \r\n would become part of the last value of a line that is split at \n.
    csv.writer(out, lineterminator="\n").writerows([number, *row] for number, row in rows)
    text = out.getvalue()
    return (UNQUOTED.sub(_quoted, text) if "\r" in text else text).encode()


def _quoted(found: re.Match[str]) -> str:
    value = found[0]
    return value if value.startswith('"') else f'"{value}"'
