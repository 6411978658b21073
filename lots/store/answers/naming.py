"""Which received rows name a thing: columns taken from the records' declarations; and names that
are near one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Record
from lots.identifiers.near import alike
from lots.identifiers.skeleton import skeleton
from lots.questions import questions
from lots.questions.question import Question
from lots.records import record as record_of
from lots.records import records
from lots.store.among import among
from lots.store.intake.breaches import in_scope
from lots.store.queries import query
from lots.store.schema.record_tables import accepted, standing, things

# More is a list to read, and no hint any more.
SHOWN = 5
# Of those that look alike by their ends: a name that is near is near by one of them.
CANDIDATES = 5_000
LONG = 3  # of a shorter name all others are near


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a lot's name; an empty maker or step is any."""

    maker: str
    number: str
    step: str


@dataclass(frozen=True, slots=True)
class KnownNode:
    """A node that a name means."""

    node: int
    maker: str
    number: str
    step: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A name that looks like another, why, and in how many rows of a record it stands."""

    record: str
    name: str
    known: str
    words: str
    rows: int


def nodes(connection: sa.Connection, ways: Sequence[Reading]) -> tuple[KnownNode, ...]:
    """The nodes that a name means, read in one of these ways."""
    asked = {
        "makers": [w.maker for w in ways],
        "numbers": [w.number for w in ways],
        "steps": [w.step for w in ways],
    }
    return tuple(KnownNode(*row) for row in connection.execute(query("nodes_read"), asked))


def is_named(connection: sa.Connection, kind: str, names: Sequence[str]) -> bool:
    """Whether a version of an accepted row names a thing of this kind so, or a refused row whose
    links can be read.
    """
    asked = {"names": list(names)}
    # A refused row counts: what somebody asks about was received, though nothing leads on from it.
    if connection.execute(query("refused_naming"), asked).scalar_one():
        return True
    if questions()[kind].of_person(records()):
        return bool(connection.execute(query(f"{kind}_named"), asked).scalar_one())
    return any(
        connection.execute(sa.select(_there(column, among(column, names), *where))).scalar_one()
        for column, where in _columns(kind)
    )


def named_by(question: Question) -> sa.Select[tuple[bool]]:
    """Whether a version of an accepted row names a person so: what the owner's function asks."""
    names = sa.bindparam("names", type_=pg.ARRAY(sa.Text))
    named = [
        _there(column, column == sa.any_(names), *where)
        for column, where in _columns(question.name)
    ]
    return sa.select(sa.or_(*named))


def _there(column: sa.ColumnElement[str], *where: sa.ColumnElement[bool]) -> sa.Exists:
    """Whether there is such a row; by the column alone, since others may not be ours to read."""
    return sa.select(column).where(*where).exists()


def rewritten(connection: sa.Connection, question: Question, name: str) -> list[Rewritten]:
    """Other names in the columns by which a question begins that look like this one for a strong reason
    (docs/near.md).
    """
    found = []
    for step in question.begins(records()):
        record = record_of(step.record)
        (column,) = record.link(step.link).columns
        for other in _names(connection, record, column):
            why = alike(other, name) or alike(name, other)
            if why and why.strong and other != name:
                rows = standing(record)
                count = sa.select(sa.func.count()).where(rows.c[column] == other)
                many = connection.execute(count).scalar_one()
                found.append(Rewritten(record.name, other, name, why.words, many))
    return [one for one in found if one.rows]


def _names(connection: sa.Connection, record: Record, name: str) -> Sequence[str]:
    """Each name that accepted rows have in a column, once."""
    table = accepted(record)
    column = table.c[name]
    every = sa.select(column).where(column.is_not(None)).distinct()
    if any(next(iter(index.columns)) is column for index in table.indexes):
        # From one to the next by the index: of millions of rows a kit's lots are a few hundred.
        names = sa.select(sa.func.min(column).label("name")).cte("names", recursive=True)
        after = sa.select(sa.func.min(column)).where(column > names.c.name).scalar_subquery()
        names = names.union_all(sa.select(after).where(names.c.name.is_not(None)))
        every = sa.select(names.c.name).where(names.c.name.is_not(None))
    return connection.execute(every).scalars().all()


def near(connection: sa.Connection, kind: str, names: Sequence[str]) -> list[str]:
    """Received names that differ from one of these in case, in what looks alike or in one
    character; nearest first.
    """
    found: dict[str, int] = {}
    for name in names:
        wanted = skeleton(name)
        for column, where in _columns(kind):
            rows = connection.execute(
                sa.select(column)
                .where(*where, *_alike(column, wanted))
                .distinct()
                .limit(CANDIDATES)
            )
            for other in rows.scalars():
                found[other] = min(distance(wanted, skeleton(other)), found.get(other, len(other)))
    return _nearest(names, found)


def nearest(name: str, others: Iterable[str]) -> list[str]:
    """Those of others that are near a name; nearest first."""
    wanted = skeleton(name)
    return _nearest([name], {other: distance(wanted, skeleton(other)) for other in others})


def _nearest(names: Sequence[str], found: Mapping[str, int]) -> list[str]:
    # Of a short name only what is alike but for its marks: one character is half of it.
    most = 1 if max(map(len, names)) >= LONG else 0
    return sorted(
        (o for o, d in found.items() if d <= most and o not in names), key=lambda o: (found[o], o)
    )[:SHOWN]


def _alike(column: sa.ColumnElement[str], wanted: str) -> list[sa.ColumnElement[bool]]:
    """Of about this length, with the same beginning or end: one character that differs leaves one
    of the two whole.
    """
    shape = sa.func.lineage.skeleton(column)
    spare = 1 if len(wanted) >= LONG else 0
    length = sa.func.length(shape).between(len(wanted) - spare, len(wanted) + spare)
    # By what an index-free look can tell cheaply; the distance is computed for what is left alone.
    half = max(0, len(wanted) - 2) // 2
    if not half:
        return [length]
    return [
        length,
        sa.or_(
            sa.func.left(shape, half) == wanted[:half], sa.func.right(shape, half) == wanted[-half:]
        ),
    ]


def distance(one: str, other: str) -> int:
    """How many characters differ, are missing, too many, or have changed places with the next."""
    before, row = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            # Two that changed places are one slip of the finger, not two.
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _columns(kind: str) -> Iterator[tuple[sa.ColumnElement[str], list[sa.ColumnElement[bool]]]]:
    """Each column of an accepted table that names things of this kind, and where it does."""
    question = questions()[kind]
    for record in records().values():
        table = accepted(record)
        for column in record.columns:
            if column.name in question.called:
                yield table.c[column.name], []
    for named in question.named_in:
        record, when = record_of(named.record), named.when
        column = record.column(named.column)
        # What whoever only reads may see of a column that names persons elsewhere.
        seen = column.named_when and not question.of_person(records())
        rows: sa.FromClause = things(record, column) if seen else accepted(record)
        yield (
            rows.c[named.column],
            [in_scope(when, {when.column: rows.c[when.column]})] if when else [],
        )
