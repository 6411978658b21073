"""PostgreSQL's reading of the grammar: from a staged row of texts to what is readable, typed and
breached.

The other reading, in Python, is validations/readings.py. A table-driven test holds the two against
each other.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ColumnElement

from lots.constraints import FURTHEST_EAST_H
from lots.schema import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Column,
    Differ,
    Happened,
    Kind,
    Known,
    Names,
    OneOf,
    Ordered,
    Present,
    Readable,
    Record,
    Rule,
    Shaped,
    When,
    columns_of,
)
from lots.unknown import BLANKS, CROSSES, MARKS, SMALL, WORDS, ZEROS

DIALECT: Dialect = pg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives its dialects no types
Sql = ColumnElement[Any]
Row = Mapping[str, Sql]  # the SQL of each column, by name

GTIN_DIGITS, GTIN_SHAPE = 14, "([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})"
MOD37_2 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
SECONDS = ("", ":00", *(":00." + "0" * n for n in range(1, 7)))
ZONES = ("Z", "+00:00", "-00:00")
INSTANTS = tuple(
    f"0000-00-00{t}00:00{s}{zone}" for t in ("T", " ") for s in SECONDS for zone in ZONES
)


def text(value: str) -> Sql:
    """A literal text, written into the statement so that `lots sql` shows what runs."""
    return sa.literal_column("'" + value.replace("'", "''") + "'", sa.Text)


def _matches(raw: Sql, pattern: str) -> Sql:
    """Whether the whole text matches; PostgreSQL's $ is the very end, and no class takes other
    scripts' digits.
    """
    return raw.regexp_match(text(f"^{pattern}$"))


def plain(raws: list[Sql]) -> Sql:
    """Whether all of the texts together are printable ASCII: one pattern for a whole row costs as
    much as for one.
    """
    return sa.not_(sa.func.concat(*raws).regexp_match(text("[^ -~]")))


def code_ends(raw: Sql) -> Sql:
    """Whether a code is of a fit length, with no blank at either end; null where it is empty."""
    return sa.and_(sa.func.length(raw) <= 64, raw == sa.func.btrim(raw))


def _digits_only(raw: Sql) -> Sql:
    return sa.func.translate(raw, text("0123456789"), text("")) == text("")


def _is_amount(raw: Sql, column: Column) -> Sql:
    """By a pattern without counts, and the lengths apart: PostgreSQL's {1,9} costs twice as much."""
    whole, fraction = column.digits
    return sa.and_(
        _matches(raw, "-?[0-9]+(?:[.][0-9]+)?"),
        sa.func.length(sa.func.ltrim(sa.func.split_part(raw, text("."), 1), text("-"))) <= whole,
        sa.func.length(sa.func.split_part(raw, text("."), 2)) <= fraction,
    )


def _is_day(raw: Sql, _: Column) -> Sql:
    """Ten characters with dashes where they belong and digits elsewhere; and there is such a day."""
    shape = sa.and_(
        raw.like(text("____-__-__")),
        sa.func.translate(raw, text("0123456789"), text("")) == text("--"),
    )
    return sa.and_(shape, sa.func.pg_input_is_valid(raw, text("date")))


def _is_instant(raw: Sql, _: Column) -> Sql:
    """The usual form by its length and marks, which is quick; the others by their picture, every
    digit a 0.
    """
    marks = sa.func.translate(raw, text("0123456789"), text(""))
    usual = sa.and_(
        marks == text("--T::+:"),
        sa.func.substr(raw, 12, 2) < text("24"),
        sa.func.substr(raw, 18, 2) < text("60"),
        sa.func.substr(raw, 21, 2) <= text("14"),
    )
    shape = sa.case(
        (raw.like(text("____-__-__T__:__:__+__:__")), usual), else_=_is_other_instant(raw)
    )
    return sa.and_(shape, sa.func.pg_input_is_valid(raw, text("timestamptz")))


def _is_other_instant(raw: Sql) -> Sql:
    picture = sa.func.translate(raw, text("123456789"), text("000000000"))
    offset_hours, offset_minutes = sa.func.left(sa.func.right(raw, 5), 2), sa.func.right(raw, 2)
    return sa.and_(
        picture.in_([text(p) for p in INSTANTS]),
        sa.func.substr(raw, 12, 2) < text("24"),
        sa.or_(sa.func.substr(raw, 17, 1) != text(":"), sa.func.substr(raw, 18, 2) < text("60")),
        sa.or_(
            raw.like(text("%Z")), sa.and_(offset_hours <= text("14"), offset_minutes < text("60"))
        ),
    )


READABLE: Mapping[Kind, Callable[[Sql, Column], Sql]] = {
    Kind.CODE: lambda raw, _: sa.and_(code_ends(raw), plain([raw])),
    Kind.GTIN: lambda raw, _: sa.and_(gtin_shaped(raw), _check_digit_right(raw, GTIN_DIGITS)),
    Kind.CHOICE: lambda raw, column: raw.in_([text(c) for c in column.choices]),
    Kind.TEXT: lambda raw, _: sa.true(),
    Kind.AMOUNT: _is_amount,
    Kind.COUNT: lambda raw, _: sa.and_(sa.func.length(raw) <= 9, _digits_only(raw)),
    Kind.DAY: _is_day,
    Kind.INSTANT: _is_instant,
}


def sql_type(column: Column) -> sa.types.TypeEngine[Any]:
    """The typed column's type in PostgreSQL."""
    whole, fraction = column.digits
    types: dict[Kind, sa.types.TypeEngine[Any]] = {
        Kind.AMOUNT: sa.Numeric(whole + fraction, fraction),
        Kind.COUNT: sa.Integer(),
        Kind.DAY: sa.Date(),
        Kind.INSTANT: sa.TIMESTAMP(timezone=True),
    }
    return types.get(column.kind, sa.Text())


def readable(column: Column, raw: Sql) -> Sql:
    """Whether a text that is not empty can be read as its column's kind."""
    return READABLE[column.kind](raw, column)


def typed(column: Column, raw: Sql, ok: Sql) -> Sql:
    """The value where it is readable, else null."""
    if column.kind is Kind.TEXT:
        return raw
    if column.kind is Kind.GTIN:
        return sa.case((ok, sa.func.lpad(raw, GTIN_DIGITS, text("0"))))
    return sa.case((ok, sa.cast(raw, sql_type(column))))


def offset_minutes(raw: Sql) -> Sql:
    """The offset of a readable instant as it was sent, in minutes east of UTC."""
    tail = sa.func.right(raw, 6)
    minutes = sa.cast(sa.func.substr(tail, 2, 2), sa.Integer) * 60 + sa.cast(
        sa.func.right(raw, 2), sa.Integer
    )
    return sa.cast(
        sa.case(
            (raw.like(text("%Z")), sa.literal_column("0")),
            (tail.like(text("-%")), -minutes),
            else_=minutes,
        ),
        sa.SmallInteger,
    )


def escaped(value: str) -> Sql:
    """The same of a text with characters that no terminal shows."""
    written = "".join(
        c if " " <= c <= "~" else f"\\u{ord(c):04x}" for c in value.replace("\\", "\\" * 2)
    )
    return sa.literal_column("E'" + written.replace("'", "''") + "'", sa.Text)


def bare_word(raw: Sql) -> Sql:
    """A text's bare form (lots.unknown)."""
    return sa.func.translate(raw, escaped(SMALL + BLANKS + MARKS), text(SMALL.upper()))


def stands_for_unknown(word: Sql, names: Names) -> Sql:
    """Whether a bare word stands for not known where a column names such a thing; null where the
    column is empty.
    """

    def nothing_but(character: str, fewest: int) -> Sql:
        rest = sa.func.translate(word, text(character), text(""))
        return sa.and_(sa.func.length(word) >= fewest, rest == text(""))

    return sa.or_(
        word == text(""),
        word.in_([text(known) for known in sorted(WORDS[names])]),
        nothing_but("0", ZEROS[names]),
        nothing_but("X", CROSSES[names]),
    )


def as_told(name: str) -> str:
    """By what name a row has the text of a column before a word for not known was taken from it."""
    return f"{name} as told"


# --- a rule's breach: true, else false or null ----------------------------------------------------


def _number(value: Decimal) -> Sql:
    return sa.literal_column(str(value), sa.Numeric)


def _outside(constraint: Between, value: Sql) -> Sql:
    ends: list[Sql] = []
    if constraint.low is not None:
        ends.append(value < _number(constraint.low))
    if constraint.high is not None:
        ends.append(value > _number(constraint.high))
    return sa.or_(*ends)


def _local_day(record: Record, name: str, raws: Row, typeds: Row, *, beside_day: bool) -> Sql:
    """An instant beside a day counts as the local day on which it was sent: the first ten
    characters of its text.
    """
    if record.column(name).kind is Kind.INSTANT and beside_day:
        return sa.case((typeds[name].is_not(None), sa.cast(sa.func.left(raws[name], 10), sa.Date)))
    return typeds[name]


RECEIVED_AT = "any_moment"  # stands for the moment of a receipt in statements that are made once
LATEST_DAY = (  # a constant
    f"(timezone('UTC', timestamptz '{RECEIVED_AT}') + interval '{FURTHEST_EAST_H} hours')::date"
)


def _too_late(record: Record, constraint: Ordered | Happened, raws: Row, typeds: Row) -> Sql:
    """Whether a day or an instant comes after another, or after the last day that any place had at
    the receipt.
    """
    if isinstance(constraint, Happened):
        day = _local_day(record, constraint.column, raws, typeds, beside_day=True)
        return day > sa.literal_column(LATEST_DAY, sa.Date)
    pair = (constraint.earlier, constraint.later)
    beside_day = any(record.column(name).kind is Kind.DAY for name in pair)
    earlier, later = (
        _local_day(record, name, raws, typeds, beside_day=beside_day) for name in pair
    )
    return earlier > later


def _digit(value: Sql, position: int, alphabet: str) -> Sql:
    return sa.func.strpos(text(alphabet), sa.func.substr(value, position, 1)) - 1


GS1_SHAPES = {"gs1": (GTIN_DIGITS, GTIN_SHAPE), "sscc": (18, "([0-9]{18})")}


def gtin_shaped(raw: Sql) -> Sql:
    """Whether a text has as many digits as a GTIN may have, and nothing else."""
    return _matches(raw, GTIN_SHAPE)


def _check_digit_right(raw: Sql, longest: int) -> Sql:
    """Whether the last of so many digits, or of fewer, is the computed one; the text is one of
    digits.
    """
    padded = sa.func.lpad(raw, longest, text("0"))
    total = reduce(
        lambda a, b: a + b,
        (_digit(padded, i, "0123456789") * (3 if i % 2 else 1) for i in range(1, longest + 1)),
    )
    return total % 10 == 0


def _gs1_wrong(raw: Sql, scheme: str) -> Sql:
    """A GTIN-8, -12, -13, -14, GLN-13 or SSCC-18 whose last digit is not the computed one, or none
    of these.
    """
    longest, pattern = GS1_SHAPES[scheme]
    return sa.case(
        (_matches(raw, pattern), sa.not_(_check_digit_right(raw, longest))), else_=sa.true()
    )


def _mod37_wrong(raw: Sql, character: Sql) -> Sql:
    """A donation number of 13 characters whose separate check character is not the computed one."""
    total = reduce(
        lambda a, b: a + b, (_digit(raw, i, MOD37_2) * (2 ** (14 - i) % 37) for i in range(1, 14))
    )
    expected = sa.func.substr(text(MOD37_2), (38 - total % 37) % 37 + 1, 1)
    return sa.case((_matches(raw, "[0-9A-Z]{13}"), expected != character), else_=sa.true())


def _not_understood(record: Record, wanted: Readable | Known, raws: Row, oks: Row) -> Sql:
    """Whether a text is a word for not known, or not of its kind; a GTIN of the right shape may
    have a wrong digit.
    """
    raw = raws[wanted.column]
    if isinstance(wanted, Known):
        return sa.and_(raws[as_told(wanted.column)].is_not(None), raw.is_(None))
    of_gtin = record.column(wanted.column).kind is Kind.GTIN
    return sa.not_(gtin_shaped(raw) if of_gtin else oks[wanted.column])


def _check_wrong(
    record: Record, constraint: CheckCharacter, raws: Row, oks: Row, typeds: Row
) -> Sql:
    name = constraint.column
    if record.column(name).kind is Kind.GTIN:  # one with a wrong digit has no value
        return sa.and_(gtin_shaped(raws[name]), sa.not_(oks[name]))
    value = typeds[name]
    if constraint.scheme in GS1_SHAPES:
        return sa.and_(value.is_not(None), _gs1_wrong(value, constraint.scheme))
    character = typeds[constraint.character]
    return sa.and_(value.is_not(None), character.is_not(None), _mod37_wrong(value, character))


def _above_band(constraint: AtMostByBand, typeds: Row) -> Sql:
    by = typeds[constraint.by]
    (_, least), *higher = constraint.bands
    limit = sa.case(
        *((by >= _number(start), _number(most)) for start, most in reversed(higher)),
        (by.is_not(None), _number(least)),
    )
    return typeds[constraint.column] > limit


def breach(record: Record, rule: Rule, raws: Row, oks: Row, typeds: Row) -> Sql:
    """True where a row breaks the rule; false or null where it is met or not applicable."""
    broken = _broken(record, rule, raws, oks, typeds)
    guards = [] if rule.when is None else [in_scope(rule.when, raws)]
    if rule.since or rule.until:
        day = _local_day(record, record.at, raws, typeds, beside_day=True)
        guards += [day >= sa.cast(text(str(rule.since)), sa.Date)] if rule.since else []
        guards += [day < sa.cast(text(str(rule.until)), sa.Date)] if rule.until else []
    return sa.and_(*guards, broken)


def in_scope(when: When, raws: Row) -> Sql:
    """Whether a row is one that a rule or link speaks of."""
    return raws[when.column].in_([text(v) for v in when.values])


def _broken(record: Record, rule: Rule, raws: Row, oks: Row, typeds: Row) -> Sql:
    match rule.constraint:
        case Present() | AnyOf() as wanted:
            return sa.and_(*(raws[c].is_(None) for c in columns_of(wanted)))
        case Readable() | Known() as wanted:
            return _not_understood(record, wanted, raws, oks)
        case OneOf(column, values):
            return raws[column].not_in([text(v) for v in values])
        case Between(column) as between:
            return _outside(between, typeds[column])
        case Shaped(column, pattern):
            return sa.not_(_matches(raws[column], f"({pattern})"))
        case CheckCharacter() as check:
            return _check_wrong(record, check, raws, oks, typeds)
        case Ordered() | Happened() as days:
            return _too_late(record, days, raws, typeds)
        case Differ(first, second):
            return raws[first] == raws[second]
        case AtMostByBand() as band:
            return _above_band(band, typeds)
