"""Which row breaks which of its rules, by PostgreSQL.

In Python the same is validations/breaches.py. A table-driven test holds the two against each other.
"""

from decimal import Decimal
from functools import reduce

import sqlalchemy as sa

from lots.grammar.column import Rule, When
from lots.grammar.constraints import FURTHEST_EAST_H
from lots.grammar.schema import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Differ,
    Happened,
    Kind,
    Known,
    OneOf,
    Ordered,
    Present,
    Readable,
    Record,
    Shaped,
    columns_of,
)
from lots.store.intake.values import (
    GS1_SHAPES,
    MOD37_2,
    Row,
    Sql,
    as_told,
    check_digit_right,
    digit_at,
    gtin_shaped,
    local_day,
    matches_all,
    text,
)


def _number(value: Decimal) -> Sql:
    return sa.literal_column(str(value), sa.Numeric)


def _outside(constraint: Between, value: Sql) -> Sql:
    # A value that is missing makes this null, which is no breach: what must be there is another
    # rule's.
    ends: list[Sql] = []
    if constraint.low is not None:
        ends.append(value < _number(constraint.low))
    if constraint.high is not None:
        ends.append(value > _number(constraint.high))
    return sa.or_(*ends)


def _local_day(record: Record, name: str, raws: Row, typeds: Row, *, beside_day: bool) -> Sql:
    """An instant beside a day counts as the local day on which it was sent."""
    if record.column(name).kind is Kind.INSTANT and beside_day:
        return raws[local_day(name)]
    return typeds[name]


RECEIVED_AT = "any_moment"  # stands for the moment of a receipt in statements that are made once


# By the place where days begin first: what is dated by its own calendar there has happened, though
# elsewhere it is still tomorrow.
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


def _gs1_wrong(raw: Sql, scheme: str) -> Sql:
    """A GTIN-8, -12, -13, -14, GLN-13 or SSCC-18 whose last digit is not the computed one, or none
    of these.
    """
    longest, pattern = GS1_SHAPES[scheme]
    return sa.case(
        (matches_all(raw, pattern), sa.not_(check_digit_right(raw, longest))), else_=sa.true()
    )


def _mod37_wrong(raw: Sql, character: Sql) -> Sql:
    """A donation number of 13 characters whose separate check character is not the computed one."""
    # ISO 7064 MOD 37-2: with the character the weighted sum is 1 modulo 37.
    total = reduce(
        lambda a, b: a + b, (digit_at(raw, i, MOD37_2) * (2 ** (14 - i) % 37) for i in range(1, 14))
    )
    expected = sa.func.substr(text(MOD37_2), (38 - total % 37) % 37 + 1, 1)
    return sa.case((matches_all(raw, "[0-9A-Z]{13}"), expected != character), else_=sa.true())


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
    # A number that could not be read is told as that, and not also as one with a wrong digit.
    value = typeds[name]
    if constraint.scheme in GS1_SHAPES:
        return sa.and_(value.is_not(None), _gs1_wrong(value, constraint.scheme))
    character = typeds[constraint.character]
    return sa.and_(value.is_not(None), character.is_not(None), _mod37_wrong(value, character))


def _above_band(constraint: AtMostByBand, typeds: Row) -> Sql:
    by = typeds[constraint.by]
    (_, least), *higher = constraint.bands
    limit = sa.case(
        # CASE takes the first that fits, so the highest band comes first.
        *((by >= _number(start), _number(most)) for start, most in reversed(higher)),
        (by.is_not(None), _number(least)),
    )
    return typeds[constraint.column] > limit


def breach(record: Record, rule: Rule, raws: Row, oks: Row, typeds: Row) -> Sql:
    """True where a row breaks the rule; false or null where it is met or not applicable."""
    broken = _broken(record, rule, raws, oks, typeds)
    guards = [] if rule.when is None else [in_scope(rule.when, raws)]
    if rule.since or rule.until:
        # By the row's own day: a rule that began later does not speak of it.
        day = _local_day(record, record.at, raws, typeds, beside_day=True)
        guards += [day >= sa.cast(text(str(rule.since)), sa.Date)] if rule.since else []
        guards += [day < sa.cast(text(str(rule.until)), sa.Date)] if rule.until else []
    return sa.and_(*guards, broken)


def in_scope(when: When, raws: Row) -> Sql:
    """Whether a row is one that a rule or link speaks of."""
    return raws[when.column].in_([text(v) for v in when.values])


def not_spared(unless: When, rows: sa.FromClause) -> Sql:
    """Whether a row is none of those that have nothing to tell; where nobody knows,
    it may not be.
    """
    return sa.and_(*(rows.c[unless.column].is_distinct_from(text(v)) for v in unless.values))


def _broken(record: Record, rule: Rule, raws: Row, oks: Row, typeds: Row) -> Sql:
    match rule.constraint:
        # One column that must be there is a choice of one.
        case Present() | AnyOf() as wanted:
            return sa.and_(*(raws[c].is_(None) for c in columns_of(wanted)))
        case Readable() | Known() as wanted:
            return _not_understood(record, wanted, raws, oks)
        # By the text as sent: a word that is no choice at all is not one of these either.
        case OneOf(column, values):
            return raws[column].not_in([text(v) for v in values])
        case Between(column) as between:
            return _outside(between, typeds[column])
        case Shaped(column, pattern):
            return sa.not_(matches_all(raws[column], f"({pattern})"))
        case CheckCharacter() as check:
            return _check_wrong(record, check, raws, oks, typeds)
        case Ordered() | Happened() as days:
            return _too_late(record, days, raws, typeds)
        case Differ(first, second):
            # Where one is empty this is null: that a second name is missing is another rule's to
            # say.
            return raws[first] == raws[second]
        case AtMostByBand() as band:
            return _above_band(band, typeds)
