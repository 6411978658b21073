"""What is seeded: one line of a file that is not as the others, and what must come of it."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record

PACK, LOT, PREPARATION = "pack", "lot", "preparation"  # the ways from a vial to its lot
DISPENSED, PREPARED, GIVEN, NOT_GIVEN = "dispensed", "prepared", "given", "not_given"

Values = Mapping[str, str]
Node = tuple[str, str, str]  # manufacturer, number, step
Answers = Mapping[str, str]  # of each rule its outcome; of a pending one, behind a colon, its day

PASS, NOT_APPLICABLE, PENDING = "pass", "not_applicable", "pending"
NOTICE, FINDING = "notice", "finding"

UNREADABLE: Mapping[Kind, tuple[str, ...]] = {
    Kind.CODE: ("Müller-7", " A7"),  # not of ASCII; a blank in front
    Kind.GTIN: ("0409999-10001", "9.50600E+12"),  # a hyphen; as a spreadsheet leaves it
    Kind.CHOICE: ("maybe", "GIVEN"),
    # Too large, with a comma, with two points, with too many digits.
    Kind.AMOUNT: ("1e400", "6,4", "1.2.3", "12345678901234"),
    Kind.COUNT: ("12.5", "-1", "a dozen"),
    Kind.DAY: ("2025-02-31", "31/02/2026"),
    Kind.TEXT: (),  # any text is one
    # Without an offset, on no day, at no hour.
    Kind.INSTANT: ("2025-03-01T10:00:00", "2025-02-31T10:00:00+01:00", "2025-03-01T25:00:00Z"),
}
# later than any day on which a plant can be received
TO_COME: Mapping[Kind, str] = {Kind.DAY: "2525-01-01", Kind.INSTANT: "2525-01-01T00:00:00+01:00"}
NOT_KNOWN = ("UNKNOWN", "n/a", "?", "0000", "unbekannt")
PACKS = ("UNKNOWN", "n/a", "?", "unbekannt")  # of whose serials zeros are some


class Damage(StrEnum):
    """What happened to a line's bytes."""

    NONE = ""
    UNCLOSED = "a quote that never closes"
    SHORT = "a field too few"
    LONG = "a field too many"
    LATIN = "a Latin-1 byte in UTF-8"
    NUL = "a NUL byte"
    HEADER = "the header again"


@dataclass(frozen=True, slots=True)
class Reached:
    """A lot that a vial reaches: which way, what became of the vial, and for whom ('': unsaid)."""

    lot: Node
    basis: str
    state: str
    patient: str


class Comes(TypedDict, total=False):
    """What may come of an accepted row besides its answers."""

    findings: tuple[str, ...]
    parked: tuple[str, ...]
    reached: tuple[Reached, ...]
    contested: bool
    superseded: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Seeded:
    """One seeded line, and all that must come of it.

    `late` ones come in a file of their own, after the others. A `superseded` one is accepted and
    stands no more; one that is `contested` contradicts another that stands. `answers` are those of
    the rules across records about it; of a key, one line alone has them.
    """

    record: str
    values: Values
    damage: Damage = Damage.NONE
    refused: bool = False
    findings: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    reached: tuple[Reached, ...] = ()
    answers: Answers = field(default_factory=dict)
    contested: bool = False
    superseded: bool = False
    known: bool = False
    late: bool = False


def is_nothing(column: Column, value: str) -> bool:
    """Whether a seeded text is none of its column's kind, or a word for not known where it should
    name something.
    """
    return value in UNREADABLE[column.kind] or (column.names is not None and value in NOT_KNOWN)


def legible(record: Record, values: Values) -> Values:
    """A row's values but for those that cannot be read, which count as empty."""
    return {
        column: "" if is_nothing(record.column(column), value) else value
        for column, value in values.items()
    }


def line_of(seeded: Seeded, columns: Sequence[str]) -> bytes:
    """The line's bytes, with its damage."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(
        columns if seeded.damage is Damage.HEADER else [seeded.values.get(c, "") for c in columns]
    )
    return damaged(text.getvalue().encode(), seeded.damage)


def damaged(line: bytes, damage: Damage) -> bytes:
    """The line as the damage leaves it."""
    first, _, rest = line.partition(b",")
    match damage:
        case Damage.UNCLOSED:
            return b'"' + line
        case Damage.SHORT:
            return rest
        case Damage.LONG:
            return first + b",," + rest
        case Damage.LATIN:
            return first + b"\xfc," + rest
        case Damage.NUL:
            return first + b"\0," + rest
        case _:
            return line
