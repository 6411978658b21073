"""What else can be changed in a world: a second version that contradicts a row, a value of another row
in its place, a row that its sender never told.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.grammar.column import Column, Kind
from lots.grammar.schema import Record
from lots.questions.ends import NODES
from lots.records import records, two_people
from lots.store.engine import Connection
from lots.store.schema.record_tables import accepted
from tests.integration.losses import (
    Loss,
    altered,
    asked_by,
    held_back,
    linking_columns,
    links_of,
    losses,
    where,
)
from tests.worlds.broken import refusals

PROPOSED, TAKEN_BACK = "proposed", "taken back"
SWAPPED, UNTOLD = "another row's", "never told"
UNSEEN = (SWAPPED, UNTOLD)  # nobody can promise to see these
LATER = 1_000_000  # lines of versions that are made up
# Kinds and names of columns that decide what a row is of, and how many it stands for.
DECIDING = (Kind.GTIN, Kind.CHOICE, Kind.INSTANT)
COUNTS = ("vials", "packs", "amount")
DECIDE = ("product", *COUNTS)
Row = sa.RowMapping


def changes(connection: Connection) -> Iterator[Loss]:
    """All that can be lost or contradicted: of each the answers must say so."""
    yield from losses(connection)
    for record, rows in _rows(connection):
        yield from refusals(connection, record)
        for row in rows:
            yield from _taken_back(record, row)
            for link, column in linking_columns(record, row):
                # Another key is another row, and contradicts nothing.
                for value in () if column in record.key else _others(rows, row, column)[:1]:
                    yield _second(connection, record, row, link, {column: literal(value)})
            for told in (c for c in beside(record) if row[c.name] is not None):
                yield altered(record, row, told.name, "empty", {told.name: "NULL"})
                for value in _other_values(told, rows, row[told.name]):
                    yield _second(connection, record, row, told.name, {told.name: value})


def beside(record: Record) -> list[Column]:
    """What decides beside the links of a record by which it is asked for what a row is of, when, and how
    many it stands for: outside its key.
    """
    if not asked_by(record) and record.name not in NODES:
        return []
    named = {"retracted", *record.key, *(c for link in record.links for c in link.columns)}
    decide = (c for c in record.columns if c.kind in DECIDING or c.name in DECIDE)
    return [column for column in decide if column.name not in named]


def unseen(connection: Connection) -> Iterator[Loss]:
    """All that may go unseen, and of which it is counted what notices it."""
    for record, rows in _rows(connection):
        for row in rows:
            gone = held_back(record, row)
            fewer = (
                "UPDATE accepted.transmittal SET row_count = row_count - 1 WHERE file_name ="
                f" (SELECT max(file_name) FROM receiving.arrival WHERE receipt = {row['receipt']})"
            )
            yield Loss(record.name, "the row", UNTOLD, gone.name, (*gone.statements, fewer))
            for link in links_of(record, row):
                values = [row[c] for c in link.columns]
                others = {
                    tuple(o[c] for c in link.columns) for o in rows if link in links_of(record, o)
                }
                for other in sorted(o for o in others if None not in o):
                    if None not in values and [*other] != values:
                        said = zip(link.columns, map(literal, other), strict=True)
                        yield altered(record, row, link.name, SWAPPED, dict(said))


def promised(loss: Loss) -> bool:
    """Whether an answer must say what it lacks after a change, and its bounds hold the truth."""
    return loss.how not in UNSEEN


def unpromised(loss: Loss) -> tuple[str, ...]:
    """The figures that tell of rows and not of persons after a change: which order a preparation is for
    need not be told, and then nothing names whom it was for (docs/certificate.md).
    """
    links = {link.name: link for link in records()[loss.record].links}
    optional = loss.link in links and links[loss.link].optional
    return ("without_key",) if loss.how == "empty" and optional else ()


def literal(value: object) -> str:
    """A value as SQL."""
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _rows(connection: Connection) -> Iterator[tuple[Record, Sequence[Row]]]:
    for record in records().values():
        rows = connection.execute(sa.select(accepted(record))).mappings().all()
        if rows and record.name != "transmittal":
            yield record, rows


def _taken_back(record: Record, row: Row) -> Iterator[Loss]:
    """A row that a person says was entered in error, and that its sender will tell anew; where that
    takes two, proposed by one and confirmed by another.
    """
    of = f"accepted.{record.name} WHERE {where(row)}"
    said = (
        "INSERT INTO judged.retraction (record, receipt, line, kind, at, by, reason)"
        f" SELECT '{record.name}', receipt, line, 'replacement_due', now(), 'QA', 'slip' FROM {of}"
    )
    confirmed = (
        "INSERT INTO judged.retraction_word (retraction, said, at, by, reason)"
        f" SELECT retraction, 'confirmed', now(), 'QA2', 'seen' FROM judged.retraction"
        f" WHERE {where(row)}"
    )
    named = f"{record.name} line {row['line']} of receipt {row['receipt']}"
    if two_people(record):
        yield Loss(
            record.name, "the row", PROPOSED, f"{named} is proposed to be taken back", (said,)
        )
        yield Loss(record.name, "the row", TAKEN_BACK, f"{named} is taken back", (said, confirmed))
    else:
        yield Loss(record.name, "the row", TAKEN_BACK, f"{named} is taken back", (said,))


def _other_values(column: Column, rows: Sequence[Row], value: Any) -> list[str]:
    """What else a row may tell there, as SQL."""
    if column.kind is Kind.INSTANT:
        return [literal(_other_time(value))]
    if column.name in COUNTS:
        return [str(value + more) for more in (1, 3)]
    others = {row[column.name] for row in rows} - {value, None}
    return [literal(other) for other in sorted(others or {*column.choices} - {value})[:1]]


def _other_time(at: datetime) -> datetime:
    """One before the day from which on is asked, of one that is after it; and the other way round."""
    return at.replace(day=25 - at.day if at.day < 25 else 3)


def _others(rows: Sequence[Row], row: Row, column: str) -> list[str]:
    return sorted({r[column] for r in rows} - {row[column], None})


def _second(
    connection: Connection, record: Record, row: Row, link: str, values: Mapping[str, str]
) -> Loss:
    """A second version of a row, which contradicts it; of a key's column none can be."""
    table = accepted(record)
    told = {
        "line": f"line + {LATER}",
        "version": "version + 1",
        "content": "sha256(content)",
        **values,
    }
    columns = [c.name for c in table.columns]
    said = ", ".join(f"{column} = {value}" for column, value in values.items())
    statement = (
        f"INSERT INTO accepted.{record.name} ({', '.join(columns)})"
        f" SELECT {', '.join(told.get(c, c) for c in columns)} FROM accepted.{record.name}"
        f" WHERE {where(row)}"
    )
    named = f"{record.name} line {row['line']} of receipt {row['receipt']}, or {said}"
    return Loss(record.name, link, "contradicted", named, (statement,), deep=False)
