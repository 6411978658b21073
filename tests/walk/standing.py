"""The walk's reading of docs/versions.md: which versions of a key stand, in loops and without the
library.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from tests.walk.columns import COLUMNS, KEYS
from tests.walk.unknown import unknown
from tests.walk.values import Typed

PAGE = Path(__file__).parents[2] / "docs" / "versions.md"
MAY = {  # what may be completed, as the page lists it
    name: set(columns.split(", "))
    for name, columns in re.findall(r"^- (\w+): (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
}
EVERYWHERE = ("correction", "corrected_by", "correction_reason", "retracted")
ONE_PERSON = {"transmittal"}
RESULT = {"preliminary": 0, "final": 1, "corrected": 2}
STATUSES = {"test_result": RESULT, "lot_test": RESULT, "same_person": {"stated": 0, "withdrawn": 1}}
BLANKS = " \t\u00a0"


@dataclass
class Words:
    """What persons said of the versions of one key, each by its place among them.

    kept: which one the last decision kept, and against which.
    """

    taken: dict[int, str] = field(default_factory=dict)  # in force, with its word
    proposed: set[int] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)  # retractions by the sender
    kept: tuple[int, set[int]] | None = None


@dataclass
class Standing:
    """Which versions of a key stand, why the others do not, and what is said of the key."""

    stands: list[int]
    why: dict[int, str]
    contested: bool
    possible: bool
    awaited: bool


SILENT = Words()
DUE = "replacement_due"


def number(row: Typed) -> int | None:
    """The number of a declared correction, 0 where a version declares none; None where nobody knows
    it, nor of a retraction that declares none.
    """
    told = [row["correction"], row["corrected_by"], row["correction_reason"]]
    if None not in told:
        return int(str(told[0]))
    unread = told[0] is None and _text(row).get("correction")
    silent = told in ([None] * 3, [0, None, None]) and not unread
    return 0 if silent and not retracts(row) else None


def status(record: str, row: Typed) -> int | None:
    """How strong a record's own status is; None where nobody knows it."""
    return STATUSES[record].get(str(row.get("status"))) if record in STATUSES else 0


def outranks(record: str, one: Typed, other: Typed) -> bool:
    """Whether one version is surely of a higher rank than another."""
    numbers = number(one), number(other)
    if numbers[0] is None or numbers[1] is None:
        return False
    if numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    grades = status(record, one), status(record, other)
    return grades[0] is not None and grades[1] is not None and grades[0] > grades[1]


def _after(one: int | None, other: int | None) -> bool:
    """Whether one number is known to be greater than another."""
    return one is not None and other is not None and one > other


def retracts(row: Typed) -> bool:
    """Whether something stands in the column `retracted`, readable or not."""
    return bool(row.get("retracted") or _text(row).get("retracted"))


def is_put_to_retractions(record: str, rule: str) -> bool:
    """Whether a rule is on the columns of a key, or on those that every record has."""
    return any(rule.startswith(f"{record}.{name}.") for name in (*KEYS[record], *EVERYWHERE))


def standing(record: str, rows: Sequence[Typed], words: Words) -> Standing:
    """What the page says of the versions of one key."""
    kept, against = words.kept or (None, set())
    decided = kept is not None and kept not in words.taken and kept not in words.proposed
    certain = {*range(len(rows))} - words.taken.keys() - words.proposed - against
    in_force = {v for v in certain if retracts(rows[v])} & (
        {*range(len(rows))} if record in ONE_PERSON else words.confirmed
    )
    sure = [rows[u] for u in certain if not retracts(rows[u])]
    why: dict[int, str] = {}
    for v, row in enumerate(rows):
        if retracts(row):
            why[v] = "retraction"
        elif any(outranks(record, other, row) for other in sure):
            why[v] = "outranked"
        elif decided and v in against:
            why[v] = "decided"
        elif any(completes(record, other, row) for other in sure):
            why[v] = "completed"
        elif v in words.taken or any(_after(number(rows[u]), number(row)) for u in in_force):
            why[v] = "retracted"
    stands = [v for v in range(len(rows)) if v not in why]
    out = {*words.taken} | (against if decided else set())
    back = {v for v, word in words.taken.items() if why[v] == "retracted" and word == DUE}
    return Standing(stands, why, *_said_of_key(rows, words, stands, out, back))


def _said_of_key(
    rows: Sequence[Typed], words: Words, stands: list[int], out: set[int], back: set[int]
) -> tuple[bool, bool, bool]:
    """Whether a key is contested, possible, awaited. back: versions that were taken back alone, for
    others to come.
    """
    told = [row for v, row in enumerate(rows) if retracts(row) and v not in out]
    known = (number(rows[v]) for v in stands)
    top = max((n for n in known if n is not None), default=-1)
    after = [number(row) for row in told]
    doubted = bool(words.proposed & {*stands}) or any(n is None or n >= top for n in after)
    gone = [number(rows[v]) for v in back]
    waits = any(n is None or n > top for n in gone)
    possible = bool(stands) and (doubted or waits)
    due = DUE in words.taken.values() or any(
        retracts(row) and row["retracted"] != "never_happened" and v not in words.taken
        for v, row in enumerate(rows)
    )
    return len(stands) > 1 or possible, possible, waits or (not stands and due)


def completes(record: str, fuller: Typed, emptier: Typed) -> bool:
    """Whether one version says all that another says, and more where that may be."""
    if _senders(emptier) - _senders(fuller):
        return False
    names = {*COLUMNS[record], *_text(fuller), *_text(emptier)} - {*KEYS[record]}
    filled = [name for name in sorted(names) if _told(fuller, name) != _told(emptier, name)]
    return bool(filled) and all(_fills(record, fuller, emptier, name) for name in filled)


def _senders(row: Typed) -> frozenset[str]:
    return getattr(row, "senders", frozenset())


def _text(row: Typed) -> dict[str, str]:
    return getattr(row, "text", {})


def _told(row: Typed, name: str) -> object:
    """What a version tells in a column: a value, with its offset; else what was sent."""
    value = row.get(name)
    if value is None:
        return _text(row).get(name) or None
    return (value, value.utcoffset()) if isinstance(value, datetime) else value


def _fills(record: str, fuller: Typed, emptier: Typed, name: str) -> bool:
    value = fuller.get(name)
    if name not in MAY.get(record, ()) or value is None or emptier[name] is not None:
        return False
    sent = _text(emptier).get(name)
    if not sent or name in unknown(record, _text(emptier)):
        return True
    return spells(COLUMNS[record][name][0], sent, value)


def spells(kind: str, sent: str, value: object) -> bool:
    """Whether a text that cannot be read is that value's own but for blanks, or a decimal comma."""
    bare = sent.strip(BLANKS)
    if kind == "gtin":
        digits = re.sub(f"[{BLANKS}-]", "", sent)
        return len(digits) <= 14 and digits.zfill(14) == value
    if kind == "amount":
        if not re.fullmatch("-?[0-9]+([.,][0-9]+)?", bare) or re.fullmatch(
            "-?[0-9]+,[0-9]{3}", bare
        ):
            return False
        return len(bare) <= 40 and Decimal(bare.replace(",", ".")) == value
    return kind != "instant" and bare == str(value)
