"""Whatever can be lost of a world that was received: a row, a file, a link's value. Each is lost within
a transaction that is taken back, so that one world serves for all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields

import sqlalchemy as sa

from lots.answers import Between, Certificate
from lots.grammar.column import Link
from lots.grammar.kinds import Kind, Sought
from lots.grammar.schema import Record
from lots.pipeline.counted import counted
from lots.pipeline.implicate import Subject, reached
from lots.pipeline.link import VIAL_RECORDS
from lots.pipeline.period import Period
from lots.pipeline.trace import tree
from lots.questions import questions
from lots.questions.ends import things
from lots.questions.path import edge_records, node_records, tell_of_lines, tell_of_packs
from lots.records import records
from lots.settings import Settings
from lots.store.answers import holders, statements
from lots.store.engine import Connection, owner_engine
from lots.store.lineage import custody, lacking, linking, lots, parking, untold
from lots.store.schema.record_tables import accepted
from lots.store.schema.word_tables import RETRACTION
from lots.store.standing import versions

NOBODY_KNOWS = "nobody-knows-77"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer's bounds by figure, its certificate, its packed lots by maker and number; of a trace all
    its pools and lots, and what was pooled.
    """

    bounds: dict[str, Between]
    certificate: Certificate
    lots: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost: of which record and link, how, and the statements that lose it. deep:
    whether others may name the row otherwise, or not at all, afterwards.
    """

    record: str
    link: str
    how: str
    name: str
    statements: tuple[str, ...]
    deep: bool = True


@contextmanager
def world(settings: Settings) -> Iterator[Connection]:
    """The database as its owner, within a transaction that is never kept."""
    with owner_engine(settings).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


def ask(connection: Connection, kind: str, name: str, period: Period | None = None) -> Answered:
    """A question on what stands in this transaction. kind: of what, or "trace " and of what."""
    word, _, traced = kind.rpartition(" ")
    if word or questions()[kind].traced_alone:
        return _traced(connection, Subject(traced, name))
    reach = reached(connection, questions()[kind], [Subject(kind, name)], period or Period())
    nodes = statements.known_nodes(connection, sorted(reach.nodes))
    edges = statements.edges(connection, nodes)
    told = counted(connection, reach, nodes, len(edges), None)
    held = holders.held(connection, nodes) if reach.lines is None else holders.NOWHERE
    said, certificate = told.concluded(connection, held)
    bounds = {f.name: getattr(said, f.name) for f in fields(said)}
    packed = {(n.maker, n.number) for n in nodes.values() if n.step == "packed"}
    return Answered(bounds, certificate, frozenset(packed))


def _traced(connection: Connection, subject: Subject) -> Answered:
    traced = tree(connection, subject, None)
    bounds = {f.name: getattr(traced.bounds, f.name) for f in fields(traced.bounds)}
    shown = {(n.maker, n.number) for n in traced.nodes} | {("", str(p)) for p in traced.pooled}
    return Answered(bounds, traced.certificate, frozenset(shown))


@contextmanager
def lost(connection: Connection, *losses: Loss) -> Iterator[None]:
    """The world without these, all of one record, linked as it would be."""
    save = connection.begin_nested()
    try:
        for loss in losses:
            for statement in loss.statements:
                connection.execute(sa.text(statement))
        relinked(connection, losses[0].record, deep=any(loss.deep for loss in losses))
        yield
    finally:
        save.rollback()


def relinked(connection: Connection, name: str, *, deep: bool) -> None:
    """Derive anew what the rows of a record may have changed: all that `link_everything` would find,
    which a test compares, in a tenth of the time. deep: their keys may be others, too.
    """
    record = records()[name]
    table = accepted(record)
    spoken_of = sa.exists().where(RETRACTION.c.record == name)
    if connection.execute(
        sa.select(sa.or_(sa.exists().where(table.c.version > 1), spoken_of))
    ).scalar_one():
        versions.derive_all(connection, record)
    linking.link_parties(connection, [name])
    every = linking.accepted_receipts(connection)
    if name in node_records(records()) or name in edge_records(records()):
        lots.link_all_lots(connection, every)
    others = (r for r in records().values() if deep and any(k.record == name for k in r.waiting))
    parking.park_all(connection, {record, *others})
    untold.link_all_untold(connection, [record])
    lacking.link_all_lacking(connection, name)
    if name in VIAL_RECORDS:
        linking.link_vials(connection, every, whole=True)
        linking.vials_linked(connection)
    if name in VIAL_RECORDS or name in tell_of_packs(records()):
        custody.link_all_custody(connection)


def losses(connection: Connection) -> Iterator[Loss]:
    """Each row held back, each file, each link's value empty and one that nobody knows."""
    for record in records().values():
        rows = connection.execute(sa.select(accepted(record))).mappings().all()
        for receipt in sorted({row["receipt"] for row in rows}):
            yield _file(record, receipt)
        for row in rows:
            yield held_back(record, row)
            for link, column in linking_columns(record, row):
                for how, value in (("empty", "NULL"), ("unknown", f"'{NOBODY_KNOWS}'")):
                    # Of what no record describes every name is as good as another.
                    if how == "unknown" and column not in _sought(record):
                        continue
                    # A key cannot be empty: such a row is refused, which a row that is held back is.
                    if how == "empty" and not accepted(record).c[column].nullable:
                        continue
                    yield altered(record, row, link, how, {column: value})


def linking_columns(record: Record, row: sa.RowMapping) -> Iterator[tuple[str, str]]:
    """The links by which a row names others, each column of text once."""
    seen = set[str]()
    for link in links_of(record, row):
        for column in (record.column(name) for name in link.columns):
            known = row[column.name] is not None and column.name not in seen
            if known and column.kind in (Kind.CODE, Kind.GTIN):
                seen.add(column.name)
                yield link.name, column.name


def links_of(record: Record, row: sa.RowMapping) -> list[Link]:
    """The links by which a row is asked for."""
    return [k for k in asked_by(record) if k.when is None or row[k.when.column] in k.when.values]


def asked_by(record: Record) -> list[Link]:
    """The links of a record that are on a path; and those that say where packs and vials were, since by
    their place these are asked for, too.
    """
    placed = record.name in tell_of_packs(records()) | tell_of_lines(records())
    return [k for k in record.links if not k.aside or (placed and k.record == "party")]


def _sought(record: Record) -> set[str]:
    demanded = {thing.name for thing in things(records())}
    links = [k for k in record.links if k.sought is not Sought.NOT or k.record in demanded]
    return {c for link in links for c in link.columns}


def where(row: sa.RowMapping) -> str:
    """Which row it is, as a condition."""
    return f"receipt = {row['receipt']} AND line = {row['line']}"


def altered(
    record: Record, row: sa.RowMapping, link: str, how: str, values: Mapping[str, str]
) -> Loss:
    """Other values, as SQL, in a row."""
    said = ", ".join(f"{column} = {value}" for column, value in values.items())
    return Loss(
        record.name,
        link,
        how,
        f"{record.name} line {row['line']} of receipt {row['receipt']}: {said}",
        (f"UPDATE accepted.{record.name} SET {said} WHERE {where(row)}",),
        deep=bool({*values} & {*record.key}),
    )


def held_back(record: Record, row: sa.RowMapping) -> Loss:
    """A row that its sender announced, and that did not come."""
    fewer = (
        "UPDATE receiving.receipt SET counts = jsonb_set(counts, '{rows}',"
        f" to_jsonb((counts ->> 'rows')::bigint - 1)) WHERE receipt = {row['receipt']}"
    )
    named = f"{record.name} line {row['line']} of receipt {row['receipt']} is held back"
    gone = f"DELETE FROM accepted.{record.name} WHERE {where(row)}"
    return Loss(record.name, "the row", "held back", named, (gone, fewer))


def _file(record: Record, receipt: int) -> Loss:
    return Loss(
        record.name,
        "the file",
        "held back",
        f"the file of {record.name} of receipt {receipt} is held back",
        (
            f"DELETE FROM accepted.{record.name} WHERE receipt = {receipt}",
            f"DELETE FROM receiving.arrival WHERE receipt = {receipt}",
        ),
    )
