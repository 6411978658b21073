"""What one transaction does with a judged file: rows in, refused rows aside, findings opened,
versions ordered.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.schema import Link, Outcome, Readable, Record, Rule
from lots.store.prepare import bit_of, prepared, refusing, sql
from lots.store.reading import in_scope, text
from lots.store.staging import ANY, broken, of_receipt, run
from lots.store.tables import CONTESTED, FINDING, REFUSED, SUPERSEDED, accepted

CONTESTED_RULE = "contested"
LEFT = "left_over"


def _changed(connection: sa.Connection, statement: sa.Executable) -> int:
    """Run a statement; how many rows it inserted or deleted."""
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount


def key_of(record: Record, table: sa.FromClause) -> sa.ColumnElement[Any]:
    """A row's key as a JSON array of texts, in the order of the declaration."""
    return sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in record.key))


def _same_key(record: Record, a: sa.FromClause, b: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(*(a.c[c] == b.c[c] for c in record.key))


def _usable(record: Record, table: sa.FromClause) -> sa.ColumnElement[bool]:
    return table.c.bits.op("&")(sa.literal_column(str(refusing(record)))) == 0


def _columns(record: Record) -> list[str]:
    return [c.name for c in accepted(record).columns]


def _taken(
    record: Record, source: sa.FromClause, given: Mapping[str, sa.ColumnElement[Any]]
) -> list[sa.Label[Any]]:
    """What fills the accepted table's columns: what is given, else the source's column of that
    name.
    """
    return [(given[c] if c in given else source.c[c]).label(c) for c in _columns(record)]


def insert_new(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Take every usable row whose key is new; the number of rows taken.

    Most files bring only new keys, and are taken in one go; where one stands already, the slower
    way finds which.
    """
    statement = of_receipt(_insert_new(record), receipt)
    try:
        with connection.begin_nested():
            return run(connection, statement).rowcount
    except sa.exc.IntegrityError:
        return run(connection, f"{statement} ON CONFLICT DO NOTHING").rowcount


@cache
def _insert_new(record: Record) -> str:
    source = prepared(record, ANY)
    given: dict[str, sa.ColumnElement[Any]] = {
        "receipt": sa.literal_column(ANY),
        "version": sa.literal_column("1"),
    }
    select = sa.select(*_taken(record, source, given)).where(_usable(record, source))
    return sql(sa.insert(accepted(record)).from_select(_columns(record), select))


def usable_rows(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Rows that are not refused."""
    return int(run(connection, of_receipt(_usable_rows(record), receipt)).scalar_one())


@cache
def _usable_rows(record: Record) -> str:
    return sql(sa.select(sa.func.count()).where(_usable(record, prepared(record, ANY))))


def _left_over(record: Record) -> sa.TableClause:
    return sa.table(LEFT, *(sa.column(c.name, c.type) for c in prepared(record, 0).columns))


def insert_versions(connection: sa.Connection, record: Record, receipt: int) -> tuple[int, int]:
    """Take the rows whose key stands already: (taken as further versions, known with the same
    content).
    """
    table, source, left = accepted(record), prepared(record, receipt), _left_over(record)
    taken_lines = sa.select(table.c.line).where(table.c.receipt == receipt)
    remaining = sa.select(source).where(_usable(record, source), source.c.line.not_in(taken_lines))
    run(connection, f"CREATE TEMP TABLE {LEFT} ON COMMIT DROP AS {sql(remaining)}")
    taken = known = 0
    while True:
        known += _changed(
            connection,
            sa.delete(left).where(
                sa.exists().where(_same_key(record, table, left), table.c.content == left.c.content)
            ),
        )
        further = _insert_further(connection, record, receipt)
        if not further:
            break
        taken += further
    if taken:
        order_versions(connection, record, receipt)
    run(connection, f"DROP TABLE {LEFT}")
    return taken, known


def _insert_further(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Take one more version of each key that is left over, the first line of each; what was taken
    leaves.
    """
    table, left = accepted(record), _left_over(record)
    newest = (
        sa.select(sa.func.max(table.c.version) + 1)
        .where(_same_key(record, table, left))
        .scalar_subquery()
    )
    given = {"receipt": sa.literal_column(str(receipt)), "version": newest}
    keys = [left.c[c] for c in record.key]
    first = (
        sa.select(*_taken(record, left, given))
        .ext(pg.distinct_on(*keys))
        .order_by(*keys, left.c.line)
    )
    insert = sa.insert(table).from_select(_columns(record), first).returning(table.c.line)
    lines = connection.execute(insert).scalars().all()
    connection.execute(
        sa.delete(left).where(
            left.c.line == sa.any_(sa.literal(list(lines), pg.ARRAY(sa.BigInteger)))
        )
    )
    return len(lines)


def order_versions(connection: sa.Connection, record: Record, receipt: int) -> None:
    """Say which versions of the keys that this receipt touched are superseded, and which keys are
    contested.
    """
    table, other = accepted(record), accepted(record).alias("other")
    touched = (
        sa.select(*(table.c[c] for c in record.key))
        .where(table.c.receipt == receipt, table.c.version > 1)
        .distinct()
        .cte("touched")
    )
    highest = (
        sa.select(sa.func.max(other.c.rank))
        .where(_same_key(record, other, table))
        .scalar_subquery()
    )
    standing = (
        sa.select(table, highest.label("highest"))
        .join(touched, _same_key(record, table, touched))
        .subquery()
    )
    lower = sa.select(text(record.name), standing.c.receipt, standing.c.line).where(
        standing.c.rank < standing.c.highest
    )
    connection.execute(
        pg.insert(SUPERSEDED)
        .from_select(["record", "receipt", "line"], lower)
        .on_conflict_do_nothing()
    )
    decided = sa.exists().where(
        SUPERSEDED.c.record == record.name,
        SUPERSEDED.c.receipt == standing.c.receipt,
        SUPERSEDED.c.line == standing.c.line,
    )
    versions = (
        sa.select(
            text(record.name).label("record"),
            key_of(record, standing).label("key"),
            sa.func.count().label("versions"),
        )
        .where(standing.c.rank == standing.c.highest, ~decided)
        .group_by(*(standing.c[c] for c in record.key))
        .subquery()
    )
    connection.execute(
        sa.delete(CONTESTED).where(
            CONTESTED.c.record == record.name,
            CONTESTED.c.key == versions.c.key,
            versions.c.versions == 1,
        )
    )
    upsert = pg.insert(CONTESTED).from_select(
        ["record", "key", "versions"], sa.select(versions).where(versions.c.versions > 1)
    )
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["record", "key"], set_={"versions": upsert.excluded.versions}
        )
    )


def open_findings(
    connection: sa.Connection, record: Record, receipt: int, now: datetime, *, known: int
) -> int:
    """Open what the accepted rows tell: one finding for each rule that a row broke. Rows already
    known open none.
    """
    rules = [r for r in record.rules if r.outcome is not Outcome.REFUSE]
    table, source = accepted(record), prepared(record, receipt)
    told = sa.values(
        sa.column("bit", sa.BigInteger),
        sa.column("rule", sa.Text),
        sa.column("rule_version", sa.Integer),
        sa.column("outcome", sa.Text),
        sa.column("severity", sa.Text),
        sa.column("holds", sa.Text),
        name="told",
    ).data(
        [
            (bit_of(record, r), r.id, r.version, r.outcome.value, r.severity.value, r.holds.value)
            for r in rules
        ]
    )
    select = (
        sa.select(
            told.c.rule,
            told.c.rule_version,
            text(record.name),
            key_of(record, source),
            source.c.content,
            sa.literal_column(str(receipt)),
            source.c.line,
            told.c.outcome,
            told.c.severity,
            told.c.holds,
            sa.literal(now, sa.TIMESTAMP(timezone=True)),
        )
        .join_from(source, told, source.c.bits.op("&")(told.c.bit) != 0)
        .where(source.c.bits != 0, _usable(record, source))
    )
    if known:
        select = select.where(
            source.c.line.in_(sa.select(table.c.line).where(table.c.receipt == receipt))
        )
    return _changed(connection, sa.insert(FINDING).from_select(_FINDING_COLUMNS, select))


_FINDING_COLUMNS = [
    "rule",
    "rule_version",
    "record",
    "key",
    "content",
    "receipt",
    "line",
    "outcome",
    "severity",
    "holds",
    "opened_at",
]


def open_contested(connection: sa.Connection, record: Record, receipt: int, now: datetime) -> int:
    """Open a finding for each key that became contested; it stays open until a person decides."""
    table = accepted(record)
    touched = (
        sa.select(key_of(record, table).label("key"), sa.func.min(table.c.line).label("line"))
        .where(table.c.receipt == receipt, table.c.version > 1)
        .group_by(*(table.c[c] for c in record.key))
        .subquery()
    )
    select = sa.select(
        text(CONTESTED_RULE),
        sa.literal_column("1"),
        text(record.name),
        touched.c.key,
        sa.cast(text(""), pg.BYTEA),
        sa.literal_column(str(receipt)),
        touched.c.line,
        text("finding"),
        text("critical"),
        text(record.holds.value),
        sa.literal(now, sa.TIMESTAMP(timezone=True)),
    ).join(CONTESTED, sa.and_(CONTESTED.c.record == record.name, CONTESTED.c.key == touched.c.key))
    insert = pg.insert(FINDING).from_select(_FINDING_COLUMNS, select).on_conflict_do_nothing()
    return _changed(connection, insert)


# --- refused rows ---------------------------------------------------------------------------------


def refused_lines(connection: sa.Connection, record: Record, receipt: int) -> list[int]:
    """Staged lines that a rule refuses."""
    return [
        int(line) for line in run(connection, of_receipt(_refused_lines(record), receipt)).scalars()
    ]


@cache
def _refused_lines(record: Record) -> str:
    source = prepared(record, ANY)
    select = sa.select(source.c.line).where(source.c.bits != 0, sa.not_(_usable(record, source)))
    return sql(select.order_by(source.c.line))


def put_refused_aside(connection: sa.Connection, record: Record, receipt: int) -> int:
    """Keep every refused line with its bytes and all its reasons, and the links that can still be
    read from it.
    """
    if not connection.execute(sa.select(sa.exists().select_from(broken(receipt)))).scalar_one():
        return 0
    return run(connection, of_receipt(_put_aside(record), receipt)).rowcount


@cache
def _put_aside(record: Record) -> str:
    source, lines = prepared(record, ANY), broken(ANY)
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
        sa.case((source.c.line.is_(None), whole), else_=reasons),
        _possible(record, source),
    ).select_from(lines.outerjoin(source, source.c.line == lines.c.line))
    names = [c.name for c in REFUSED.columns]
    return sql(sa.insert(REFUSED).from_select(names, select))


def _reason(rule: Rule, source: sa.FromClause) -> sa.ColumnElement[Any]:
    """The rule's sentence, and what was got where that is no identifier (those may name a person)."""
    sentence = text(f"{rule.id} is not met: {rule.sentence}")
    if not isinstance(rule.constraint, Readable):
        return sentence
    got = source.c.as_sent.op("->>")(text(rule.constraint.column))
    return sa.func.concat(
        sentence, text(" Got a text of "), sa.func.length(got), text(" characters.")
    )


VIALS = ("dispensing", "reconstitution_vial", "administration_vial")
OF_VIALS = (
    Link("pack", ("serial",), "pack"),
    Link("lot", ("lot_number",), "lot"),
)  # as linking finds their lots


def _possible(record: Record, source: sa.FromClause) -> sa.ColumnElement[Any]:
    links: Sequence[Link] = (*record.links, *(OF_VIALS if record.name in VIALS else ()))
    if not links:
        return sa.cast(sa.null(), pg.JSONB)
    parts = [
        part for link in links for part in (text(link.name), _link_values(record, link, source))
    ]
    found = sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*parts))
    return sa.case((source.c.line.is_not(None), found))


def _link_values(record: Record, link: Link, source: sa.FromClause) -> sa.ColumnElement[Any]:
    columns = [source.c[c] for c in link.columns]
    there: list[sa.ColumnElement[Any]] = [c.is_not(None) for c in columns]
    if link.when:
        there.append(in_scope(link.when, {link.when.column: source.c[link.when.column]}))
    return sa.case(
        (sa.and_(*there), sa.func.jsonb_build_array(*(sa.cast(c, sa.Text) for c in columns)))
    )


def rows_hash(connection: sa.Connection, record: Record, receipt: int) -> bytes:
    """SHA-256 of the hashes of the receipt's accepted rows, in the order of their lines."""
    table = accepted(record)
    run(connection, "SET LOCAL work_mem = '256MB'")  # a million rows sort in memory
    joined = sa.func.string_agg(
        table.c.content, pg.aggregate_order_by(sa.cast(text(""), pg.BYTEA), table.c.line)
    )
    select = sa.select(sa.func.sha256(sa.func.coalesce(joined, sa.cast(text(""), pg.BYTEA)))).where(
        table.c.receipt == receipt
    )
    return bytes(connection.execute(select).scalar_one())
