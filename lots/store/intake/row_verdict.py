"""The SQL verdict: one pass over a staging table that reads, types, judges and hashes every row.

What comes out is receiving.verdict_N: for each staged line its breaches as bits, its rank, the
hash of its content, what was sent where a value was not readable, and the typed columns.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.formats.batch import EXTRA, SENT
from lots.grammar.column import Column, Rule
from lots.grammar.schema import Kind, Names, Readable, Record
from lots.store.canonical import content_of
from lots.store.intake.breaches import RECEIVED_AT, breach, in_scope
from lots.store.intake.staging import ANY, UNATTENDED, of_receipt, run, staged
from lots.store.intake.unread import unread_of
from lots.store.intake.values import (
    GTIN_DIGITS,
    Row,
    Sql,
    as_told,
    bare_word,
    fits,
    local_day,
    may_stand_for_unknown,
    offset_minutes,
    plain,
    readable,
    stands_for_unknown,
    text,
    typed,
)
from lots.store.intake.verdict_table import sql, typed_columns
from lots.store.schema.record_tables import offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD

# A function that is volatile keeps the planner from pulling a step up into the next. OFFSET 0 would
# too, and would forbid parallel plans, which halve a verdict's time.
BARRIER = (  # keeps each step's expressions from being repeated in the next, in parallel
    "clock_timestamp() AS barrier"
)


def verdict(
    record: Record,
    receipt: int,
    received_at: datetime,
    columns: tuple[str, ...],
    rules: tuple[Rule, ...] = (),
) -> str:
    """The statement. `rules` are the record's own unless a test hands in others.

    What has happened is judged by the moment of the receipt, never by the clock: judged anew it is
    the same.
    """
    # The text is made once for a record and its columns: only the moment and the receipt's number
    # differ from file to file.
    statement = _verdict(record, columns, rules).replace(RECEIVED_AT, received_at.isoformat())
    return of_receipt(statement, receipt)


@cache
def _verdict(record: Record, columns: tuple[str, ...], rules: tuple[Rule, ...]) -> str:
    there = [c for c in record.columns if c.name in columns]
    raws = _raws(record, there)
    oks = {f"ok_{c.name}": _readable(c, raws[c.name]) for c in there if c.kind is not Kind.TEXT}
    ok: Row = {
        c.name: _of("ok_", c.name, sa.Boolean(), f"ok_{c.name}" in oks) for c in record.columns
    }
    values = {c.name: typed(c, raws[c.name], ok[c.name]) for c in there} | _offsets(there, raws, ok)
    days = {f"d_{c.name}": _local_day(c, raws, ok) for c in there if c.kind is Kind.INSTANT}
    value: Row = {
        name: _of("", name, kind, name in values) for name, kind in typed_columns(record).items()
    }
    undeclared = sa.cast(_of("s_", EXTRA, sa.Text(), EXTRA in columns), pg.JSONB)
    by_form = sa.cast(_of("s_", SENT, sa.Text(), SENT in columns), pg.JSONB)
    unread = unread_of([c for c in there if c.kind is not Kind.TEXT], raws, ok, by_form)
    judged = {
        n: breach(record, rule, raws, ok, value)
        for n, rule in enumerate(rules or record.rules)
        # A column that the file lacks has nothing that could be unreadable, but may still be
        # missing.
        if not isinstance(rule.constraint, Readable) or rule.constraint.column in columns
    }
    beside = {name: sa.literal_column(name, pg.JSONB) for name in (UNREAD, UNDECLARED)}
    wanted = [
        sa.literal_column("line").label("line"),
        _bits(judged).label("bits"),
        _rank(record, value).label("rank"),
        content_of(record, {**value, **beside}).label("content"),
        *(told.label(name) for name, told in beside.items()),
        sa.literal_column(SENT, pg.JSONB).label(SENT),
        *(v.label(name) for name, v in value.items()),
    ]
    # Subqueries: each finds by name what those before it have made, and makes nothing twice.
    step = _told(there, columns, raws)
    codes = [raws[c.name] for c in there if c.kind is Kind.CODE]
    step = _step("*", {"plain": plain(codes)}, step, "staged") if codes else step
    step = _step("*", oks, step, "read")
    turned = {UNREAD: unread, UNDECLARED: undeclared, SENT: _turned(there, raws, ok, by_form)}
    step = _step("*", {**values, **days, **turned}, step, "typed")
    return f"{sql(sa.select(*wanted))}\nFROM (\n{step}\n) AS judged"


def _raws(record: Record, there: list[Column]) -> Row:
    """What the steps before a row's values have of it: its texts, and the days of its instants."""
    return {
        **{c.name: _of("s_", c.name, sa.Text(), c in there) for c in record.columns},
        **{
            as_told(c.name): _of("t_", c.name, sa.Text(), c in there)
            for c in record.columns
            if c.names
        },
        **{
            local_day(c.name): _of("d_", c.name, sa.Date(), c in there)
            for c in record.columns
            if c.kind is Kind.INSTANT
        },
    }


def _bits(judged: Mapping[int, Sql]) -> Sql:
    """The breaches of a row as one number: a bit for each rule, by its place among the record's."""
    # One bigint, so a record has at most 62 rules (docs/decisions/two-readings.md).
    none = sa.literal_column("0", sa.BigInteger)
    bits: list[Sql] = [
        sa.case((broken, sa.literal_column(str(1 << n), sa.BigInteger)), else_=none)
        for n, broken in judged.items()
    ]
    return reduce(lambda a, b: a.op("|")(b), bits)


def _told(there: list[Column], columns: tuple[str, ...], raws: Row) -> str:
    """The first steps: the staged texts, s_ each; of a column that names something also t_, its
    text as it was told.

    A word for not known is taken from the former, so that all later steps find the column empty.
    """
    named = {c.name: c for c in there if c.names}
    names = ["line", *(f"{c} AS {'t' if c in named else 's'}_{c}" for c in columns)]
    step = f"SELECT {', '.join(names)} FROM {staged(ANY, columns).fullname}"
    if not named:
        return step
    words = {f"w_{name}": _word(column, raws) for name, column in named.items()}
    known = {
        f"s_{name}": _unless_unknown(name, column.names, raws)
        for name, column in named.items()
        if column.names
    }
    return _step("*", known, _step("*", words, step, "told"), "named")


def _word(column: Column, raws: Row) -> Sql:
    """The bare form of a text that may stand for not known; null of any other, as most are."""
    told = raws[as_told(column.name)]
    spoken_of = [in_scope(column.named_when, raws)] if column.named_when else []
    return sa.case((sa.and_(*spoken_of, may_stand_for_unknown(told)), bare_word(told)))


def _unless_unknown(name: str, names: Names, raws: Row) -> Sql:
    word = stands_for_unknown(sa.literal_column(f"w_{name}", sa.Text), names)
    return sa.case((word, sa.null()), else_=raws[as_told(name)])


def _readable(column: Column, raw: Sql) -> Sql:
    """Whether a text can be read; a code in a row whose codes are all plain only has a length."""
    whole = readable(column, raw)
    if column.kind is not Kind.CODE:
        return whole
    return sa.case((sa.literal_column("plain", sa.Boolean), fits(raw)), else_=whole)


def _step(all_before: str, expressions: Mapping[str, Sql], source: str, name: str) -> str:
    """One step of the statement: what came before, and some expressions more, each computed once a
    row.
    """
    more = sql(sa.select(*(e.label(n) for n, e in expressions.items()))).removeprefix("SELECT ")
    return f"SELECT {all_before}, {BARRIER}_{name}, {more}\nFROM (\n{source}\n) AS {name}"


def _of(prefix: str, column: str, kind: sa.types.TypeEngine[Any], there: bool) -> Sql:
    """A column that an earlier step has made; null where the file does not have it."""
    return sa.literal_column(f"{prefix}{column}", kind) if there else sa.cast(sa.null(), kind)


def _offsets(columns: list[Column], raws: Row, ok: Row) -> dict[str, Sql]:
    return {
        offset_column(c.name): sa.case((ok[c.name], offset_minutes(raws[c.name])))
        for c in columns
        if c.kind is Kind.INSTANT
    }


def _local_day(column: Column, raws: Row, ok: Row) -> Sql:
    """The day of a readable instant where it was sent: the first ten characters of its text."""
    return sa.case((ok[column.name], sa.cast(sa.func.left(raws[column.name], 10), sa.Date)))


def _turned(columns: list[Column], raws: Row, oks: Row, by_form: Sql) -> Sql:
    """{column: {text: …}} of what the form turned and of GTINs that are filled up; null where there
    is none.
    """
    filled = {
        c.name: sa.and_(oks[c.name], sa.func.length(raws[c.name]) < GTIN_DIGITS)
        for c in columns
        if c.kind is Kind.GTIN
    }
    if not filled:
        return by_form
    pairs = [
        part
        for name, short in filled.items()
        for part in (
            text(name),
            sa.case((short, sa.func.jsonb_build_object(text("text"), raws[name]))),
        )
    ]
    by_us = sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*pairs))
    # The form knows what stood there.
    both = by_us.op("||")(sa.func.coalesce(by_form, sa.cast(text("{}"), pg.JSONB)))
    return sa.case((sa.or_(*filled.values()), both), else_=by_form)


def _rank(record: Record, value: Row) -> Sql:
    """A version's rank: its declared correction first, its status second (docs/linking.md)."""
    zero = sa.literal_column("0", sa.Integer)
    declared = sa.case(
        (
            # A number alone says nothing: whoever corrects must say so, and why.
            sa.and_(value["corrected_by"].is_not(None), value["correction_reason"].is_not(None)),
            sa.func.coalesce(value["correction"], zero),
        ),
        else_=zero,
    )
    # Bounded, so that times ten it is still an integer; ten, as a status has fewer words.
    rank = sa.func.least(declared, sa.literal_column("99999999")) * 10
    if record.rank:
        column, order = record.rank
        rank = rank + sa.case(
            *(
                (value[column] == text(word), sa.literal_column(str(n)))
                for n, word in enumerate(order)
            ),
            else_=zero,
        )
    return rank


def create(
    connection: sa.Connection,
    record: Record,
    receipt: int,
    received_at: datetime,
    columns: tuple[str, ...],
    rules: tuple[Rule, ...] = (),
) -> None:
    """Run the verdict over the whole staging table."""
    statement = verdict(record, receipt, received_at, columns, rules)
    run(
        connection,
        # CREATE TABLE AS may run in parallel; INSERT … SELECT never does.
        f"CREATE UNLOGGED TABLE receiving.verdict_{receipt} {UNATTENDED} AS {statement}",
    )
