"""Rows as a person names them: a line of a receipt, several, or all that a receipt brought."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lots.answers.retractions import LeftOut
from lots.errors import CallError, NotFound
from lots.grammar.schema import Record
from lots.records import of_patients
from lots.records import record as record_of
from lots.store.engine import Connection
from lots.store.intake import receipts
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.standing import refused, retracting
from lots.store.standing.resolving import Row

NAMED = re.compile(r"([0-9]{1,18})(?::([0-9]{1,18}))?")
SHOWN = 3
# Of the rows of a receipt those of which something is to be said.
Concerned = Callable[[Connection, Record, Sequence[Row]], list[Row]]
PATIENTS = "rows of patients"
TOLD = "rows that another file told too"
HELD = "rows with a finding that holds"


@dataclass(frozen=True, slots=True)
class Place:
    """A receipt, or one line of it."""

    receipt: int
    line: int | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The accepted rows that were named, each with its record, and those of whole receipts that
    nobody may name in bulk.
    """

    named: tuple[tuple[Record, Row], ...]
    left_out: tuple[LeftOut, ...]
    whole: bool

    def by_record(self) -> dict[str, list[Row]]:
        """The rows of each record."""
        found: dict[str, list[Row]] = {}
        for record, row in self.named:
            found.setdefault(record.name, []).append(row)
        return found


def place(text: str) -> Place:
    """RECEIPT or RECEIPT:LINE. Raises CallError."""
    found = NAMED.fullmatch(text)
    if found is None:
        raise CallError(f"'{text}' is no row; expected RECEIPT:LINE such as 12:3, or a RECEIPT.")
    return Place(int(found[1]), int(found[2]) if found[2] else None)


def written(row: Row) -> str:
    """A row as it is named."""
    return f"{row[0]}:{row[1]}"


def find(connection: Connection, places: Sequence[Place], concerned: Concerned) -> Rows:
    """The rows of these places: of a whole receipt those that are concerned. Raises NotFound where
    one names none.
    """
    named: dict[Row, Record] = {}
    left_out: list[LeftOut] = []
    for one in places:
        if one.line is None:
            found, left = _of_receipt(connection, one.receipt, concerned)
            named |= found
            left_out += left
        else:
            record, row = _of_line(connection, one.receipt, one.line)
            named[row] = record
    rows = tuple((record, row) for row, record in named.items())
    return Rows(rows, tuple(left_out), any(one.line is None for one in places))


def check_count(found: Rows, count: int | None) -> None:
    """Raise CallError unless whoever names a whole receipt also says how many rows that is."""
    if found.whole and count != len(found.named):
        got = "none was said" if count is None else f"got {count:,}"
        raise CallError(
            f"This concerns {len(found.named):,} rows (--check shows them); expected"
            f" --count {len(found.named)} for a whole receipt, {got}."
        )


def _of_line(connection: Connection, receipt: int, line: int) -> tuple[Record, Row]:
    booked = _receipt(connection, receipt)
    found = retracting.row_of(connection, (receipt, line))
    if found is not None:
        record = record_of(found[0])
        if retracting.is_there(connection, record, found[1]):
            return record, found[1]
    if refused.is_refused(connection, receipt, line):
        raise NotFound(
            f"Line {line} of receipt {receipt} was refused, so that nothing of it counts;"
            f" `lots resolve refused {receipt}:{line}` says that nobody need wait for it."
        )
    lines = (booked.counts or {}).get("lines", 0)
    raise NotFound(
        f"Line {line} of receipt {receipt} is no row; expected one of its {lines:,} lines."
    )


def _receipt(connection: Connection, number: int) -> receipts.Receipt:
    found = receipts.numbered(connection, number)
    if found is None:
        raise NotFound(f"No receipt {number} was ever made.")
    if found.status != "accepted" or not found.record:
        raise NotFound(f"Receipt {number} is {found.status}: no row of it was ever accepted.")
    return found


def _of_receipt(
    connection: Connection, number: int, concerned: Concerned
) -> tuple[dict[Row, Record], list[LeftOut]]:
    record = record_of(_receipt(connection, number).record or "")
    rows = concerned(connection, record, retracting.rows_of_receipt(connection, record, number))
    why = dict(_not_in_bulk(connection, record, number, rows))
    left = [
        LeftOut(reason, len(mine), tuple(written(row) for row in mine[:SHOWN]))
        for reason in (PATIENTS, HELD, TOLD)
        if (mine := [row for row in rows if why.get(row) == reason])
    ]
    return {row: record for row in rows if row not in why}, left


def _not_in_bulk(
    connection: Connection, record: Record, receipt: int, rows: Sequence[Row]
) -> Iterator[tuple[Row, str]]:
    """Rows that a person names one by one or not at all; the gravest reason comes last."""
    # What another sender said as well was no slip of this file alone.
    yield from ((row, TOLD) for row in retracting.told_elsewhere(connection, receipt))
    for found in retracting.findings(connection, record, rows) if rows else ():
        # That it is contested may be what was said of it; whatever else holds was there before.
        if found.holds != "nothing" and found.rule != CONTESTED_RULE:
            yield (found.receipt, found.line), HELD
    if of_patients(record):
        yield from ((row, PATIENTS) for row in rows)
