"""Single values, by PostgreSQL: which staged texts are readable, and what they are.

In Python the same is validations/values.py. A table-driven test holds the two against each other.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ColumnElement

from lots.grammar.column import Column
from lots.grammar.schema import Kind, Names
from lots.grammar.unknown import BLANKS, CROSSES, DIGITS, MARKS, WORDS, ZEROS

# One for all: statements are printed as they are run.
DIALECT: Dialect = pg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives its dialects no types
Sql = ColumnElement[Any]
Row = Mapping[str, Sql]  # the SQL of each column, by name

# All lengths that GS1 gives out; ten or eleven digits are something else.
GTIN_DIGITS, GTIN_SHAPE = 14, "([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})"
CODE_MOST = 64  # characters
MOD37_2 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
# Every form of an instant as it looks when each digit is a 0: a text is looked up among them, which
# is quicker than a pattern.
SECONDS = ("", ":00", *(":00." + "0" * n for n in range(1, 7)))
ZONES = ("Z", "+00:00", "-00:00")
INSTANTS = tuple(
    f"0000-00-00{t}00:00{s}{zone}" for t in ("T", " ") for s in SECONDS for zone in ZONES
)


def text(value: str) -> Sql:
    """A literal text, written into the statement so that `lots sql` shows what runs."""
    # Never from a file: what is written into statements comes from declarations.
    return sa.literal_column("'" + value.replace("'", "''") + "'", sa.Text)


def matches_all(raw: Sql, pattern: str) -> Sql:
    """Whether the whole text matches; PostgreSQL's $ is the very end, and no class takes other
    scripts' digits.
    """
    return raw.regexp_match(text(f"^{pattern}$"))


def plain(raws: list[Sql]) -> Sql:
    """Whether all of the texts together are printable ASCII without a blank: one pattern for a whole
    row costs as much as for one.
    """
    return sa.not_(sa.func.concat(*raws).regexp_match(text("[^!-~]")))


def fits(raw: Sql) -> Sql:
    """Whether a code in a plain row is of a fit length; null where it is empty."""
    # In bytes, of which each is a character there: to count characters takes ten times as long.
    return sa.func.octet_length(raw) <= CODE_MOST


def _is_code(raw: Sql, _: Column) -> Sql:
    """Printable ASCII of a fit length, with no blank at either end."""
    return sa.and_(
        sa.func.length(raw) <= CODE_MOST,
        raw == sa.func.btrim(raw),
        sa.not_(raw.regexp_match(text("[^ -~]"))),
    )


def _digits_only(raw: Sql) -> Sql:
    return sa.func.translate(raw, text("0123456789"), text("")) == text("")


def _is_amount(raw: Sql, column: Column) -> Sql:
    """By a pattern without counts, and the lengths apart: PostgreSQL's {1,9} costs twice as
    much.
    """
    whole, fraction = column.digits
    return sa.and_(
        matches_all(raw, "-?[0-9]+(?:[.][0-9]+)?"),
        sa.func.length(sa.func.ltrim(sa.func.split_part(raw, text("."), 1), text("-"))) <= whole,
        sa.func.length(sa.func.split_part(raw, text("."), 2)) <= fraction,
    )


def _is_day(raw: Sql, _: Column) -> Sql:
    """Ten characters with dashes where they belong and digits elsewhere;
    and there is such a day.
    """
    # How it looks is asked first.
    # pg_input_is_valid alone would take 'today', 'infinity' and 1/2/2026, each session in its own
    # way.
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
        # PostgreSQL takes :60 for the next minute, and 24:00 for the next day.
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


# By kind, so that one without an entry fails at once, and not on the first such file.
READABLE: Mapping[Kind, Callable[[Sql, Column], Sql]] = {
    Kind.CODE: _is_code,
    Kind.GTIN: lambda raw, _: sa.and_(gtin_shaped(raw), check_digit_right(raw, GTIN_DIGITS)),
    Kind.CHOICE: lambda raw, column: raw.in_([text(c) for c in column.choices]),
    Kind.TEXT: lambda raw, _: sa.true(),
    Kind.AMOUNT: _is_amount,
    # Any nine digits fit an integer, so that no cast can fail for its size.
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
    # Codes and choices are texts: their shapes are rules, and a domain could not be amended.
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
    # Within CASE: a cast of what cannot be read would end the statement for the whole file.
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
    """A text's bare form (lots.grammar.unknown)."""
    # Each character is sought in the whole list: a text of ASCII alone in the short one of its own.
    taken_away = BLANKS + MARKS
    short = "".join(c for c in taken_away if c.isascii())
    ascii_alone = sa.func.octet_length(raw) == sa.func.length(raw)
    return sa.case(
        (ascii_alone, sa.func.translate(_capitals(raw), escaped(short), text(""))),
        else_=sa.func.translate(_capitals(raw), escaped(taken_away), text("")),
    )


def _capitals(raw: Sql) -> Sql:
    """A text with its ASCII letters as capitals, and no others: by no language's own rules."""
    # Told to be a text: what is taken out of a JSON value is one, but SQLAlchemy takes it for JSON.
    return sa.func.upper(sa.collate(sa.type_coerce(raw, sa.Text), "C"))


def may_stand_for_unknown(raw: Sql) -> Sql:
    """Whether a text has none of the digits that no word has: most texts need no bare form, which
    costs fifteen times as much as this.
    """
    return sa.not_(raw.regexp_match(text(f"[{DIGITS}]")))


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


def local_day(name: str) -> str:
    """By what name a row has the day on which an instant was, where it was sent."""
    return f"{name} day"


# --- a rule's breach: true, else false or null ----------------------------------------------------


def digit_at(value: Sql, position: int, alphabet: str) -> Sql:
    return sa.func.strpos(text(alphabet), sa.func.substr(value, position, 1)) - 1


GS1_SHAPES = {"gs1": (GTIN_DIGITS, GTIN_SHAPE), "sscc": (18, "([0-9]{18})")}


def gtin_shaped(raw: Sql) -> Sql:
    """Whether a text has as many digits as a GTIN may have, and nothing else."""
    return matches_all(raw, GTIN_SHAPE)


def check_digit_right(raw: Sql, longest: int) -> Sql:
    """Whether the last of so many digits, or of fewer, is the computed one; the text is one of
    digits.
    """
    padded = sa.func.lpad(raw, longest, text("0"))
    total = reduce(
        lambda a, b: a + b,
        (digit_at(padded, i, "0123456789") * (3 if i % 2 else 1) for i in range(1, longest + 1)),
    )
    return total % 10 == 0
