"""The one canonical form of a row, and its hash: docs/canonical.md, as PostgreSQL computes it.

No expression here may hang on a setting of the session: a hash must come out the same for whoever
verifies it, years later and through a connection of another kind. So no value is cast to text whose
text a setting decides (instants, days), and texts are turned into bytes by their encoding's name.
"""

from collections.abc import Iterable
from functools import reduce

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record
from lots.store.intake.values import Row, Sql, escaped, text
from lots.store.schema.record_tables import offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD

MARK = "\x1e"
FORM = "plasma-lots row 1"
ARGUMENTS = 90  # a function takes at most 100


def content_of(record: Record, value: Row, *, form_alone: bool = False) -> Sql:
    """The hash of a row, from its typed columns, offsets, unread and undeclared texts, by name; or
    the form alone, as bytes, that is hashed.
    """
    parts = [escaped(f"{FORM}{MARK}{record.name}"), *_values(record, value)]
    # Most rows have neither: then nothing is looked for.
    parts.append(sa.case((value[UNREAD].is_not(None), _unread(record, value[UNREAD]))))
    parts.append(sa.case((value[UNDECLARED].is_not(None), _undeclared(value[UNDECLARED]))))
    # concat leaves out what is null, a part with its mark.
    joined: list[Sql] = [
        sa.func.concat(*parts[i : i + ARGUMENTS], type_=sa.Text)
        for i in range(0, len(parts), ARGUMENTS)
    ]
    form = sa.func.convert_to(reduce(lambda a, b: a.op("||")(b), joined), text("UTF8"))
    if form_alone:
        return form
    # Not a literal: what a backslash in one means is a setting too.
    leaf = sa.func.decode(text("00"), text("hex"), type_=pg.BYTEA)
    return sa.func.sha256(leaf.op("||")(form), type_=pg.BYTEA)


def _values(record: Record, value: Row) -> Iterable[Sql]:
    # By number, never by place: where a column is declared may change, and no hash with it.
    for column in sorted(record.columns, key=lambda c: c.number):
        mark = f"{MARK}{column.number}"
        yield escaped(mark + "=").op("||")(_value(column, value[column.name]))
        if column.kind is Kind.INSTANT:
            offset = value[offset_column(column.name)]
            yield escaped(mark + "@").op("||")(sa.cast(offset, sa.Text))


def _value(column: Column, value: Sql) -> Sql:
    match column.kind:
        case Kind.TEXT:
            return doubled(value)
        case Kind.COUNT:
            return sa.cast(value, sa.Text)
        # 700 and 700.000 are one value, and must be one row.
        case Kind.AMOUNT:
            return sa.cast(sa.func.trim_scale(value), sa.Text)
        # As a number: the text of a day follows the session's style.
        case Kind.DAY:
            return sa.cast(value - sa.func.make_date(2000, 1, 1), sa.Text)
        case Kind.INSTANT:
            # extract() goes through numeric, which costs as much again as the whole row.
            return sa.func.encode(sa.func.timestamptz_send(value), text("hex"))
        case _:  # printable ASCII or declared words: no mark can be in it
            return value


def doubled(raw: Sql) -> Sql:
    """A text with its marks twice."""
    # So a form is read from left to right in one way only, whatever a sender writes.
    return sa.func.replace(raw, escaped(MARK), escaped(MARK * 2))


def _unread(record: Record, told: Sql) -> Sql:
    """What was sent in declared columns and is no value: {column: text}."""
    each = _pairs(told)
    number = sa.case(
        *((each.c.key == text(c.name), sa.literal_column(str(c.number))) for c in record.columns)
    )
    texts = sa.select(number.label("number"), each.c.value).subquery("texts")
    value = doubled(texts.c.value)
    part = sa.func.concat(escaped(MARK), texts.c.number, text("?"), value, type_=sa.Text)
    return _joined(part, texts.c.number)


def _undeclared(told: Sql) -> Sql:
    """What was sent in columns that are not declared: {name: text}."""
    each = _pairs(told)
    name, value = doubled(each.c.key), doubled(each.c.value)
    part = sa.func.concat(escaped(MARK + "*"), name, escaped(MARK + "="), value, type_=sa.Text)
    # The order of a database's own collation may change with its operating system.
    return _joined(part, each.c.key.collate("C"))


def _pairs(told: Sql) -> sa.TableValuedAlias:
    return sa.func.jsonb_each_text(told).table_valued(
        sa.column("key", sa.Text), sa.column("value", sa.Text), name="each_text"
    )


def _joined(part: Sql, order: Sql) -> Sql:
    """The parts of a row one after another."""
    joined = sa.func.string_agg(part, pg.aggregate_order_by(text(""), order), type_=sa.Text)
    return sa.select(joined).scalar_subquery()
