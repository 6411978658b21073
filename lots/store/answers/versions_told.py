"""Every version of a row, with what of it may be shown to whoever asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa

from lots.answers.lists import StandingVersion
from lots.answers.shown import Value, Version
from lots.grammar.column import Column
from lots.grammar.schema import CORRECTION, Record
from lots.store.intake.values import text
from lots.store.schema import readers
from lots.store.schema.record_tables import accepted, things
from lots.store.schema.tables import RECEIPT, SUPERSEDED, UNDECLARED, UNREAD

SENT = "sent"
WHY = {
    "outranked": "a later correction or a stronger status is before it",
    "decided": "a person decided for another version",
    "completed": "a fuller version of the same sender is before it",
    "retracted": "it was retracted",
    "retraction": "it says that the key was entered in error",
}
Row = Mapping[str, Any]


def is_of_person(record: Record) -> bool:
    """Whether the key of a record has a person's key in it."""
    return any(record.column(c).of_person for c in record.key)


def rows_of(
    connection: sa.Connection, record: Record, key: Sequence[str], *, disclosed: bool
) -> Sequence[Row]:
    """Every version of a key, the first first: the columns that may be seen, and why it does not
    stand.
    """
    table = accepted(record)
    unseen = frozenset() if disclosed else readers.hidden(record)
    seen = [c for c in table.c if c.name not in unseen]
    why = sa.select(SUPERSEDED.c.why).where(
        SUPERSEDED.c.record == text(record.name),
        SUPERSEDED.c.receipt == table.c.receipt,
        SUPERSEDED.c.line == table.c.line,
    )
    statement = (
        sa.select(
            *seen,
            RECEIPT.c.file_name.label("of_file"),
            RECEIPT.c.sender.label("of_sender"),
            RECEIPT.c.received_at.label("at_receipt"),
            why.scalar_subquery().label("out_for"),
        )
        .join(RECEIPT, RECEIPT.c.receipt == table.c.receipt)
        .where(*_named(table, record.key, key))
        .order_by(table.c.version)
    )
    found: list[dict[str, Any]] = [dict(r) for r in connection.execute(statement).mappings()]
    return [row if disclosed else row | _things(connection, record, row) for row in found]


def _named(
    table: sa.FromClause, columns: Sequence[str], values: Sequence[str | None]
) -> list[sa.ColumnElement[bool]]:
    # A text is compared as it is, by the key's index; a number or a day as text, since what was
    # asked for may be none.
    return [
        (table.c[c] if isinstance(table.c[c].type, sa.Text) else sa.cast(table.c[c], sa.Text)) == v
        for c, v in zip(columns, values, strict=True)
    ]


def _things(connection: sa.Connection, record: Record, row: Row) -> dict[str, Any]:
    """What stands in columns that name a person in other rows, where it names none here."""
    found: dict[str, Any] = {}
    for column in (c for c in record.columns if c.of_person and c.named_when):
        seen = things(record, column)
        value = sa.select(seen.c[column.name]).where(
            seen.c.receipt == row["receipt"], seen.c.line == row["line"]
        )
        # No row: it names a person here. A row without a value: it names nobody and nothing.
        if told := connection.execute(value).first():
            found[column.name] = told[0]
    return found


def version(record: Record, row: Row) -> Version:
    """A version as it is shown."""
    return Version(
        f"{row['receipt']}:{row['line']}",
        row["of_file"],
        row["of_sender"],
        row["at_receipt"],
        row["out_for"] is None,
        WHY.get(row["out_for"] or "", ""),
        SENT in row,
        tuple(_values(record, row)),
    )


def _values(record: Record, row: Row) -> Iterator[Value]:
    """What was read of each column that says something, or of which something was sent."""
    for column in record.columns:
        value = value_of(column, row)
        if value.read or value.sent or not (value.shown or column in CORRECTION):
            yield value
    for name, sent in (row.get(UNDECLARED) or {}).items():
        yield Value(name, "", None, str(sent), shown=True)


def value_of(column: Column, row: Row) -> Value:
    """A column of a row: what was sent in its place is shown to whoever may see whole rows
    alone.
    """
    # Not in the row at all: that column is not ours to see, which is told apart from an empty one.
    sent = (row.get(UNREAD) or {}).get(column.name) or (row.get(SENT) or {}).get(column.name)
    read = row.get(column.name)
    told = None if read is None else _written(read, row.get(f"{column.name}_offset_min"))
    return Value(
        column.name, column.unit, told, None if sent is None else _text(sent), column.name in row
    )


def differing(record: Record, rows: Sequence[Row]) -> tuple[StandingVersion, ...]:
    """Versions with their file and day, and what each says where they differ."""
    said = [_said(record, row) for row in rows]
    names = dict.fromkeys(name for one in said for name in one)
    apart = [name for name in names if len({one.get(name) for one in said}) > 1]
    return tuple(
        StandingVersion(
            f"{row['receipt']}:{row['line']}",
            row["of_file"],
            row["of_sender"],
            row["at_receipt"],
            tuple(f"{name} is {_told(record, name, one.get(name))}" for name in apart),
        )
        for row, one in zip(rows, said, strict=True)
    )


def _said(record: Record, row: Row) -> dict[str, Value]:
    """What a version says, by column; of a value that was turned, what was made of it alone."""
    values = [value_of(column, row) for column in record.columns]
    # Twice the same value sent in two units is no difference that anybody need decide.
    return {v.column: v if v.read is None else replace(v, sent=None) for v in values} | {
        name: Value(name, "", None, str(sent), shown=True)
        for name, sent in (row.get(UNDECLARED) or {}).items()
    }


def _told(record: Record, name: str, value: Value | None) -> str:
    """A value that may be told: what nobody could read may be anybody's key."""
    declared = {c.name: c for c in record.columns}.get(name)
    if value is None or not (value.read or value.sent):
        return "empty"
    # A column that nobody declared may hold anything, a name too.
    if declared is None or (declared.of_person and value.read):
        return "not shown"
    return value.read or "not readable"


def _written(value: object, offset_min: int | None) -> str:
    """A value as a person reads it; an instant with the offset that it was sent with."""
    if isinstance(value, datetime):
        # The day that the sender wrote, which in UTC may be another.
        sent = timezone(timedelta(minutes=offset_min or 0))
        return value.astimezone(sent).isoformat(sep=" ")
    return str(value)


def _text(sent: object) -> str:
    """What was sent: a text, or a text with the unit that it came in."""
    if isinstance(sent, Mapping):
        return " ".join(f"{name} {value}" for name, value in sent.items())
    return " ".join(map(str, sent)) if isinstance(sent, list) else str(sent)
