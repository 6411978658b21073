"""Rows of what is asked about that do not say when, and contested ones: statements made from the
question's declaration.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.schema import Record
from lots.questions.question import Question, Read, reading
from lots.records import record as record_of
from lots.records import records
from lots.store.answers.subjects import typed
from lots.store.intake.values import text
from lots.store.queries import query, text_of
from lots.store.schema.lineage_tables import PERSON, PLACE
from lots.store.schema.record_tables import offset_column, standing

NAME = sa.bindparam("name", type_=sa.Text())
Counting = sa.Select[Any] | sa.CompoundSelect[Any]
SURE_PLACE = sa.table("place", sa.column("party"), sa.column("zone"), schema="sure").alias(
    "sure_place"
)
UNPLACED = "may be of another day, since no one time zone of their place is known"
CONTESTED = sa.table(
    "contested_shown", sa.column("record", sa.Text), sa.column("key", pg.JSONB), schema="judged"
)


def counted_undated(
    connection: sa.Connection, question: Question, name: str, period: dict[str, object]
) -> list[tuple[str, str, int]]:
    """What is counted though nobody knows whether it was in the period: record, what it does not
    say, rows.
    """
    statement = _put(question, "undated", undated(question))
    found = _counted(connection, statement, {"name": name, **period})
    return [(r.record, r.what, r.rows) for r in found]


def contested(
    connection: sa.Connection, question: Question, name: str
) -> set[tuple[str, tuple[str, ...]]]:
    """Contested keys of which a version names the thing asked about,
    where the question reads it.
    """
    statement = _put(question, "contested", contested_reads(question) if question.reads else None)
    rows = () if statement is None else connection.execute(statement, {"name": name})
    return {(r.record, tuple(r.key)) for r in rows}


def _put(question: Question, what: str, own: Counting | None) -> sa.Executable | None:
    """How a statement is put: about a person by a function, since it looks at keys."""
    return query(f"{question.name}_{what}") if question.of_person(records()) else own


def printed(question: Question) -> list[str]:
    """The statements of a question: its own, and that by which it looks for what is not dated."""
    own = [] if question.of_nodes else [text_of(question.name, "questions").strip()]
    made = undated(question)
    named = pg.dialect(paramstyle="named")  # type: ignore[no-untyped-call]  # it gives no types
    return [*own, *([] if made is None else [str(made.compile(dialect=named))])]


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


# --- their statements
# ------------------------------------------------------------------------------


def _count(rows: sa.TableClause, what: str, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns: list[sa.ColumnElement[Any]] = [
        text(rows.name).label("record"),
        text(what).label("what"),
        # Once each: a place of which several zones are told is there several times.
        sa.func.count(sa.distinct(sa.tuple_(rows.c.receipt, rows.c.line))).label("rows"),
    ]
    return sa.select(*columns).where(*where)


@cache
def undated(question: Question) -> Counting | None:
    """Standing rows of it that do not say for sure whether they are in the period asked."""
    dated = [of(question, read) for read in question.reads for of in (_undated, _unplaced)]
    return sa.union_all(*dated) if dated else None


def _undated(question: Question, read: Read) -> sa.Select[Any]:
    rows, place, dated = standing(record_of(read.record)), PLACE.alias("place"), read.dated
    began, ended = ((rows.c[c], rows.c[offset_column(c)]) for c in (dated.began, dated.ended))
    period = [sa.bindparam(p, type_=typed(p)) for p in PERIOD]
    # It may be in the period, an end that is not told being any; what surely is in it is left out
    # below: that is in the answer, and no doubt of it.
    touches = sa.func.lineage.overlaps(*began, *ended, place.c.zone, *period)
    # What is in the period by one end alone is in it for sure, whatever the other is.
    surely = [
        sa.and_(end[0].is_not(None), sa.func.lineage.within(*end, place.c.zone, *period))
        for end in (began, ended)
    ]
    both = sa.and_(began[0].is_not(None), ended[0].is_not(None))
    named = _named(question, (rows.c[c] for c in read.columns))
    # Outer: a place of which nobody said where it is has no zone, and its rows count all the same.
    return _count(rows, dated.undated, named, touches, ~both, *(~s for s in surely)).select_from(
        rows.outerjoin(place, place.c.party == rows.c[dated.place])
    )


def _unplaced(question: Question, read: Read) -> sa.Select[Any]:
    """Those that say when, and whose day hangs on a zone that nobody knows, or of which several are
    told.
    """
    rows, place, dated = standing(record_of(read.record)), PLACE.alias("place"), read.dated
    began, ended = ((rows.c[c], rows.c[offset_column(c)]) for c in (dated.began, dated.ended))
    period = [sa.bindparam(p, type_=typed(p)) for p in PERIOD]
    touches = sa.func.lineage.overlaps(*began, *ended, place.c.zone, *period)
    surely = sa.func.sure.overlaps(*began, *ended, SURE_PLACE.c.zone, *period)
    both = sa.and_(began[0].is_not(None), ended[0].is_not(None))
    named = _named(question, (rows.c[c] for c in read.columns))
    placed = rows.outerjoin(place, place.c.party == rows.c[dated.place])
    surely_placed = placed.outerjoin(SURE_PLACE, SURE_PLACE.c.party == rows.c[dated.place])
    return _count(rows, UNPLACED, named, touches, both, ~surely).select_from(surely_placed)


PERIOD = ("since_day", "until_day", "since_at", "until_at")


def _named(question: Question, columns: Iterable[sa.ColumnElement[Any]]) -> sa.ColumnElement[bool]:
    """That one of these columns names what is asked about: a donor by any key of the person."""
    by_any_key = question.of_person(records())
    return sa.or_(*(c.in_(_keys_of_person()) if by_any_key else c == NAME for c in columns))


def _keys_of_person() -> sa.CompoundSelect[Any]:
    """Its name, and every other key of that donor."""
    own, same = PERSON.alias("own"), PERSON.alias("same")
    joined = sa.and_(same.c.kind == own.c.kind, same.c.person == own.c.person)
    others = (
        sa.select(same.c.key)
        .join_from(own, same, joined)
        .where(own.c.kind == text("donor"), own.c.key == NAME)
    )
    # A key that no statement joins with another is in no row of persons, and stands for itself.
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
    told = told.where(*key, _named(question, (rows.c[c] for c in columns))).offset(0)
    return sa.select(CONTESTED.c.record, CONTESTED.c.key).where(
        mine, sa.exists(told.correlate(CONTESTED))
    )
