"""Whatever can be lost of a world that was received: a row, a file, a link's value. Each is lost within
a transaction that is taken back, so that one world serves for all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

import sqlalchemy as sa

from lots.answers import Between, Certificate
from lots.grammar.kinds import Kind, Sought
from lots.grammar.schema import Record
from lots.pipeline.counted import counted
from lots.pipeline.implicate import Subject, reached
from lots.pipeline.link import link_everything
from lots.pipeline.period import Period
from lots.questions import questions
from lots.records import records
from lots.settings import Settings
from lots.store.answers import holders, statements
from lots.store.engine import Connection, owner_engine
from lots.store.schema.record_tables import accepted

NOBODY_KNOWS = "nobody-knows-77"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer's bounds by figure, and its certificate."""

    bounds: dict[str, Between]
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost: how it is called, and the statements that lose it."""

    name: str
    statements: tuple[str, ...]


@contextmanager
def world(settings: Settings) -> Iterator[Connection]:
    """The database as its owner, within a transaction that is never kept."""
    with owner_engine(settings).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


def ask(connection: Connection, kind: str, name: str) -> Answered:
    """A question on what stands in this transaction."""
    reach = reached(connection, questions()[kind], [Subject(kind, name)], Period())
    nodes = statements.known_nodes(connection, sorted(reach.nodes))
    edges = statements.edges(connection, nodes)
    told = counted(connection, reach, nodes, len(edges), None)
    placed, _ = holders.held(connection, [*nodes]) if reach.lines is None else holders.NOWHERE
    said, certificate = told.concluded(connection, placed)
    bounds = {f.name: getattr(said, f.name) for f in fields(said)}
    return Answered(bounds, certificate)


@contextmanager
def lost(connection: Connection, loss: Loss) -> Iterator[None]:
    """The world without it, linked as it would be."""
    save = connection.begin_nested()
    try:
        for statement in loss.statements:
            connection.execute(sa.text(statement))
        link_everything(connection)
        yield
    finally:
        save.rollback()


def losses(connection: Connection) -> Iterator[Loss]:
    """Each row held back, each file, each link's value empty and one that nobody knows."""
    for record in records().values():
        rows = connection.execute(sa.select(accepted(record))).mappings().all()
        for receipt in sorted({row["receipt"] for row in rows}):
            yield _file(record, receipt)
        for row in rows:
            where = f"receipt = {row['receipt']} AND line = {row['line']}"
            named = f"{record.name} line {row['line']}"
            yield _row(record, row["receipt"], where, named)
            for column in _linking(record):
                if row[column] is None:
                    continue
                for value in ("NULL", f"'{NOBODY_KNOWS}'"):
                    # Of what no record describes every name is as good as another.
                    if value != "NULL" and column not in _sought(record):
                        continue
                    # A key cannot be empty: such a row is refused, which a row that is held back is.
                    if value == "NULL" and (column in record.key or _needed(record, column)):
                        continue
                    yield Loss(
                        f"{named}: {column} is {value}",
                        (f"UPDATE accepted.{record.name} SET {column} = {value} WHERE {where}",),
                    )


def _linking(record: Record) -> list[str]:
    """Columns of text by which a row links others."""
    linked = {c for link in record.links if not link.aside for c in link.columns}
    return [c.name for c in record.columns if c.name in linked and c.kind in (Kind.CODE, Kind.GTIN)]


def _sought(record: Record) -> set[str]:
    links = [k for k in record.links if not k.aside and k.sought is not Sought.NOT]
    return {c for link in links for c in link.columns}


def _needed(record: Record, column: str) -> bool:
    return not accepted(record).c[column].nullable


def _row(record: Record, receipt: int, where: str, named: str) -> Loss:
    fewer = (
        "UPDATE receiving.receipt SET counts = jsonb_set(counts, '{rows}',"
        f" to_jsonb((counts ->> 'rows')::bigint - 1)) WHERE receipt = {receipt}"
    )
    return Loss(
        f"{named} is held back", (f"DELETE FROM accepted.{record.name} WHERE {where}", fewer)
    )


def _file(record: Record, receipt: int) -> Loss:
    return Loss(
        f"the file of {record.name} is held back",
        (
            f"DELETE FROM accepted.{record.name} WHERE receipt = {receipt}",
            f"DELETE FROM receiving.arrival WHERE receipt = {receipt}",
        ),
    )
