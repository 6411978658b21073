"""Rows that may be of what is asked about and do not say so, or not when: statements made from the
question's declaration.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Record
from lots.questions.question import Question, Read, reading
from lots.records import record as record_of
from lots.records import records
from lots.store.answers.subjects import typed
from lots.store.intake.breaches import not_spared
from lots.store.intake.values import text
from lots.store.queries import query, text_of
from lots.store.schema.lineage_tables import PARKED, PERSON, PLACE
from lots.store.schema.record_tables import offset_column, standing

NAME = sa.bindparam("name", type_=sa.Text())
Counting = sa.Select[Any] | sa.CompoundSelect[Any]
CONTESTED = sa.table(
    "contested_shown", sa.column("record", sa.Text), sa.column("key", pg.JSONB), schema="judged"
)


def sentences(connection: sa.Connection, question: Question) -> list[str]:
    """Why rows that name nothing of this kind could be of it."""
    return [
        *(
            f"{r.rows:,} rows of {r.record} do not say which {r.what} they are of, so that they"
            " could be of any."
            for r in _counted(connection, _put(question, "unsaid", unsaid(question)))
        ),
        *(
            f"{r.rows:,} rows of {r.record} name a run that has not arrived, so that nobody can"
            " tell how they were made."
            for r in _counted(connection, without_run(question))
        ),
    ]


def undated_sentences(
    connection: sa.Connection, question: Question, name: str, period: dict[str, object]
) -> list[str]:
    """What is counted though nobody knows whether it was in the period."""
    parameters = {"name": name, **period}
    return [
        f"{r.rows:,} rows of {r.record} {r.what}, and may be of that period; they are counted."
        for r in _counted(connection, _put(question, "undated", undated(question)), parameters)
    ]


def contested(
    connection: sa.Connection, question: Question, name: str
) -> set[tuple[str, tuple[str, ...]]]:
    """Contested keys of which a version names the thing asked about, where the question reads it."""
    statement = _put(question, "contested", contested_reads(question) if question.reads else None)
    rows = () if statement is None else connection.execute(statement, {"name": name})
    return {(r.record, tuple(r.key)) for r in rows}


def _put(question: Question, what: str, own: Counting | None) -> sa.Executable | None:
    """How a statement is put: about a person by a function, since it looks at keys."""
    return query(f"{question.name}_{what}") if question.of_person(records()) else own


def printed(question: Question) -> list[str]:
    """The statements of a question: its own, and those by which it looks for what may be missing."""
    own = [] if question.of_nodes else [text_of(question.name, "questions").strip()]
    made = [unsaid(question), without_run(question), undated(question)]
    named = pg.dialect(paramstyle="named")  # type: ignore[no-untyped-call]  # it gives no types
    return [*own, *(str(s.compile(dialect=named)) for s in made if s is not None)]


def _counted(
    connection: sa.Connection,
    statement: sa.Executable | None,
    parameters: dict[str, object] | None = None,
) -> Sequence[Any]:
    """Its rows (record, what, rows), without those that count nothing."""
    if statement is None:
        return ()
    found = [r for r in connection.execute(statement, parameters or {}) if r.rows]
    return sorted(found, key=lambda r: (r.record, r.what))


# --- their statements ------------------------------------------------------------------------------


@cache
def unsaid(question: Question) -> Counting | None:
    """Standing rows whose column for it is empty, though they must say it."""
    empty = [_empty(read) for read in question.reads if read.what]
    for step in question.loads(records()):
        record, link = record_of(step.record), record_of(step.record).link(step.link)
        rows = standing(record)
        # One in the key is never empty: without it the row was refused.
        missing = [rows.c[c].is_(None) for c in link.columns if c not in record.key]
        if missing:
            empty.append(_count(rows, link.name, sa.or_(*missing)))
    return sa.union_all(*empty) if empty else None


def _empty(read: Read) -> sa.Select[Any]:
    rows = standing(record_of(read.record))
    where = [sa.or_(*(rows.c[c].is_(None) for c in read.columns))]
    links = [k for k in record_of(read.record).links if {*k.columns} <= {*read.columns}]
    where += [not_spared(k.unless, rows) for k in links if k.unless]
    return _count(rows, read.what, *where)


def _count(rows: sa.TableClause, what: str, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns: list[sa.ColumnElement[Any]] = [
        text(rows.name).label("record"),
        text(what).label("what"),
        sa.func.count().label("rows"),
    ]
    return sa.select(*columns).where(*where)


@cache
def without_run(question: Question) -> Counting | None:
    """Loads whose batch, run or preparation has not arrived."""
    loads = [(step.record, step.link) for step in question.loads(records())]
    if not loads:
        return None
    return (
        sa.select(PARKED.c.record, text("").label("what"), sa.func.count().label("rows"))
        .where(sa.tuple_(PARKED.c.record, PARKED.c.link).in_(loads))
        .group_by(PARKED.c.record)
    )


@cache
def undated(question: Question) -> Counting | None:
    """Standing rows of it that do not say for sure whether they are in the period asked."""
    dated = [_undated(question, read) for read in question.reads]
    return sa.union_all(*dated) if dated else None


def _undated(question: Question, read: Read) -> sa.Select[Any]:
    rows, place, dated = standing(record_of(read.record)), PLACE.alias("place"), read.dated
    began, ended = ((rows.c[c], rows.c[offset_column(c)]) for c in (dated.began, dated.ended))
    period = [sa.bindparam(p, type_=typed(p)) for p in PERIOD]
    touches = sa.func.lineage.overlaps(*began, *ended, place.c.zone, *period)
    # What is in the period by one end alone is in it for sure, whatever the other is.
    surely = [
        sa.and_(end[0].is_not(None), sa.func.lineage.within(*end, place.c.zone, *period))
        for end in (began, ended)
    ]
    both = sa.and_(began[0].is_not(None), ended[0].is_not(None))
    columns = [rows.c[c] for c in read.columns]
    named = sa.or_(
        *(c.in_(_keys_of_person()) if question.of_person(records()) else c == NAME for c in columns)
    )
    return _count(rows, dated.undated, named, touches, ~both, *(~s for s in surely)).select_from(
        rows.outerjoin(place, place.c.party == rows.c[dated.place])
    )


PERIOD = ("since_day", "until_day", "since_at", "until_at")


def _keys_of_person() -> sa.CompoundSelect[Any]:
    """Its name, and every other key of that donor."""
    own, same = PERSON.alias("own"), PERSON.alias("same")
    joined = sa.and_(same.c.kind == own.c.kind, same.c.person == own.c.person)
    others = (
        sa.select(same.c.key)
        .join_from(own, same, joined)
        .where(own.c.kind == text("donor"), own.c.key == NAME)
    )
    return sa.union(sa.select(NAME), others)


@cache
def contested_reads(question: Question) -> Counting:
    """Contested keys of the records that it reads, of which a standing version names it."""
    found = [_contested(record_of(name), question) for name in sorted(reading(question.reads))]
    return sa.union_all(*found)


def _contested(record: Record, question: Question) -> sa.Select[Any]:
    rows, mine = standing(record), CONTESTED.c.record == text(record.name)
    columns = [c for read in question.reads if read.record == record.name for c in read.columns]
    # Nothing says that the key is read after the record was looked at: another's is no number.
    key = [
        rows.c[c] == sa.cast(sa.case((mine, CONTESTED.c.key.op("->>")(n))), rows.c[c].type)
        for n, c in enumerate(record.key)
    ]
    # Looked up by the key, a few of many: with an offset it is not joined with every row.
    told: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(rows)
    told = told.where(*key, sa.or_(*(rows.c[c] == NAME for c in columns))).offset(0)
    return sa.select(CONTESTED.c.record, CONTESTED.c.key).where(
        mine, sa.exists(told.correlate(CONTESTED))
    )
