"""Refused rows put aside: with their reasons, their bytes, and the lots and vials that they may be
of.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Link, Rule, Sought
from lots.grammar.schema import Readable, Record
from lots.store.intake.accepting import key_of
from lots.store.intake.breaches import in_scope
from lots.store.intake.staging import ANY, broken, of_receipt, run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import bit_of, sql, usable, verdicts
from lots.store.schema.tables import REFUSED, UNREAD

LABEL = ("gtin", "serial", "lot_number", "vials")


def refused_lines(connection: sa.Connection, record: Record, receipt: int) -> list[int]:
    """Staged lines that a rule refuses."""
    return [
        int(line) for line in run(connection, of_receipt(_refused_lines(record), receipt)).scalars()
    ]


@cache
def _refused_lines(record: Record) -> str:
    source = verdicts(record, ANY)
    select = sa.select(source.c.line).where(source.c.bits != 0, sa.not_(usable(record, source)))
    return sql(select.order_by(source.c.line))


def put_refused_aside(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Keep every refused line with its bytes and all its reasons, and the links that can still be
    read from it.
    """
    return run(connection, of_receipt(_put_aside(record), receipt)).rowcount


@cache
def _put_aside(record: Record) -> str:
    source, lines = verdicts(record, ANY), broken(ANY)
    reasons = sa.func.coalesce(
        sa.func.array_remove(
            pg.array(
                [
                    sa.case(
                        (
                            source.c.bits.op("&")(sa.literal_column(str(bit_of(record, r)))) != 0,
                            _reason(r, source),
                        )
                    )
                    for r in record.rules
                ]
            ),
            None,
        ),
        pg.array([], type_=sa.Text),
    )
    whole = sa.func.array_remove(pg.array([lines.c.reason]), None)
    select = sa.select(
        sa.literal_column(ANY),
        lines.c.line,
        lines.c.lines,
        lines.c.byte_offset,
        lines.c.byte_length,
        lines.c.raw,
        # A broken line was never a row, so no rule was put to it.
        sa.case((source.c.line.is_(None), whole), else_=reasons),
        _possible(record, source),
        _label(record, source),
        _key(record, source),
        # Outer, as a broken line has no verdict and must be kept all the same.
    ).select_from(lines.outerjoin(source, source.c.line == lines.c.line))
    # The act is drawn by the column's default, so that no statement can put a row past the ledger
    # (docs/decisions/ledger.md).
    names = [c.name for c in REFUSED.columns if c.name != "act"]
    return sql(sa.insert(REFUSED).from_select(names, select))


def _reason(rule: Rule, source: sa.FromClause) -> sa.ColumnElement[Any]:
    """The rule's sentence, and what was got where that is no identifier (those may name a
    person).
    """
    sentence = text(f"{rule.id} is not met: {rule.sentence}")
    if not isinstance(rule.constraint, Readable):
        return sentence
    got = source.c[UNREAD].op("->>")(text(rule.constraint.column))
    # How long it is and nothing of it: what stands in a key's column may be a person.
    return sa.func.concat(
        sentence, text(" Got a text of "), sa.func.length(got), text(" characters.")
    )


def _possible(record: Record, source: sa.FromClause) -> sa.ColumnElement[Any]:
    # What is refused of a line of vials may still be of the pack or the lot on its label.
    labels = [k for k in record.links if record.line and k.sought is Sought.LABEL]
    links: Sequence[Link] = (*record.waiting, *labels)
    if not links:
        return sa.cast(sa.null(), pg.JSONB)
    parts = [
        part for link in links for part in (text(link.name), _link_values(record, link, source))
    ]
    # What of a refused row can still be read may be what somebody asks about: a certificate counts
    # it.
    found = sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*parts))
    # A broken line has no columns, so that nothing of it can be read.
    return sa.case((source.c.line.is_not(None), found))


def _label(record: Record, source: sa.FromClause) -> sa.ColumnElement[Any]:
    # A refused line may still tell which vials it is of: only by that can an answer leave it out.
    if not record.line:
        return sa.cast(sa.null(), pg.JSONB)
    parts = [part for name in LABEL for part in (text(name), source.c[name])]
    found = sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*parts))
    return sa.case((source.c.line.is_not(None), found))


def _key(record: Record, source: sa.FromClause) -> sa.ColumnElement[Any]:
    """The key of a refused row, where each part of it can be read: that key may come yet."""
    whole = sa.and_(source.c.line.is_not(None), *(source.c[c].is_not(None) for c in record.key))
    return sa.case((whole, key_of(record, source)))


def _link_values(record: Record, link: Link, source: sa.FromClause) -> sa.ColumnElement[Any]:
    columns = [source.c[c] for c in link.columns]
    there: list[sa.ColumnElement[Any]] = [c.is_not(None) for c in columns]
    if link.when:
        there.append(in_scope(link.when, {link.when.column: source.c[link.when.column]}))
    return sa.case(
        (sa.and_(*there), sa.func.jsonb_build_array(*(sa.cast(c, sa.Text) for c in columns)))
    )
