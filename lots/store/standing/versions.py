"""Which versions of some keys stand: derived from rows, ranks, decisions and retractions alone, and
written by difference (docs/versions.md).
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import two_people
from lots.store.among import all_among
from lots.store.difference import Changed, all_where, replace
from lots.store.intake.accepting import is_retraction, key_of, same_key
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.queries import query
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import (
    CONTESTED,
    KNOWN,
    RECEIPT,
    RETRACTED,
    SUPERSEDED,
    UNREAD,
)
from lots.store.schema.word_tables import RETRACTION
from lots.store.standing import completing

STANDING_LOCK = 7_145_005
Keys = sa.Select[Any]  # the key columns of the keys in question


def derive(connection: sa.Connection, record: Record, keys: Keys) -> Changed:
    """Derive which versions of these keys stand. What was found stays in the table key_status until
    `done`.
    """
    return _derive(connection, record, keys, whole=False)


def derive_all(connection: sa.Connection, record: Record) -> Changed:
    """Derive it of every key of a record, comparing with all that is kept of it."""
    table = accepted(record)
    spoken_of = sa.exists().where(
        RETRACTION.c.receipt == table.c.receipt, RETRACTION.c.line == table.c.line
    )
    # Of every other key its only version stands, and nothing of it is kept.
    keys = _keys(record, sa.or_(table.c.version > 1, is_retraction(table), spoken_of))
    changed = _derive(connection, record, keys, whole=True)
    done(connection)
    return changed


def done(connection: sa.Connection) -> None:
    """Let go what a derivation found."""
    run(connection, "DROP TABLE IF EXISTS key_status, key_version")


def brought(record: Record, receipt: int) -> Keys:
    """The keys of which a receipt brought a further version, or a retraction."""
    table = accepted(record)
    further = sa.or_(table.c.version > 1, is_retraction(table))
    return _keys(record, sa.and_(table.c.receipt == receipt, further))


def told_again(record: Record, receipt: int) -> Keys:
    """The keys of several versions of which a receipt told one that others had sent: who says it
    may decide what stands.
    """
    table, mine, theirs = accepted(record), RECEIPT.alias("mine"), RECEIPT.alias("theirs")
    return (
        _keys(record, sa.and_(KNOWN.c.receipt == receipt, _has_others(record, table)))
        .join(
            KNOWN, sa.and_(KNOWN.c.of_receipt == table.c.receipt, KNOWN.c.of_line == table.c.line)
        )
        .join(theirs, theirs.c.receipt == table.c.receipt)
        # By the same sender again it changes nobody's part in it.
        .join(mine, sa.and_(mine.c.receipt == receipt, mine.c.sender != theirs.c.sender))
    )


def of_receipt(record: Record, receipt: int) -> Keys:
    """The keys of several versions of which a receipt told one, new or known."""
    table = accepted(record)
    repeated = sa.exists().where(
        KNOWN.c.receipt == receipt,
        KNOWN.c.of_receipt == table.c.receipt,
        KNOWN.c.of_line == table.c.line,
    )
    return _keys(
        record, sa.and_(sa.or_(table.c.receipt == receipt, repeated), _has_others(record, table))
    )


def _has_others(record: Record, table: sa.FromClause) -> sa.ColumnElement[bool]:
    # Versions are numbered from 1: where one of a key has a higher number there are several.
    other = accepted(record).alias("other")
    return sa.exists().where(same_key(record, table, other), other.c.version > 1)


def of_rows(record: Record, rows: Sequence[tuple[int, int]]) -> Keys:
    """The keys of some rows, each (receipt, line)."""
    table = accepted(record)
    return _keys(record, all_among((table.c.receipt, table.c.line), rows))


def receipts_of_versions(connection: sa.Connection) -> list[int]:
    """The receipts that brought a version of one of the keys that were derived last."""
    return list(
        connection.execute(sa.text("SELECT DISTINCT receipt FROM key_version ORDER BY receipt"))
        .scalars()
        .all()
    )


def _keys(record: Record, condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    table = accepted(record)
    return sa.select(*(table.c[c] for c in record.key)).distinct().where(condition)


def _derive(connection: sa.Connection, record: Record, keys: Keys, *, whole: bool) -> Changed:
    # One at a time for a record: of two that come at once the later sees what the earlier brought.
    locked = sa.func.pg_advisory_xact_lock(STANDING_LOCK, sa.func.hashtext(record.name))
    connection.execute(sa.select(locked))
    run(connection, f"CREATE TEMP TABLE affected_key ON COMMIT DROP AS {sql(keys)}")
    # A temporary table has no statistics, and the planner would read all of the record.
    run(connection, "ANALYZE affected_key")
    run(connection, f"CREATE TEMP TABLE key_version ON COMMIT DROP AS {sql(_versions(record))}")
    run(connection, "ANALYZE key_version")
    # Mostly no two versions are of one rank, and then nothing can complete anything.
    rivals = run(connection, "SELECT EXISTS (SELECT FROM key_version WHERE rivals > 1)")
    connection.execute(query("word", "standing"))
    completing.gather(connection, record, rivals=bool(rivals.scalar_one()))
    connection.execute(
        query("status", "standing"), {"record": record.name, "two_people": two_people(record)}
    )
    connection.execute(query("key_status", "standing"))
    changed = _written(connection, record, whole=whole)
    run(connection, "DROP TABLE version_status, version_completes, version_word, affected_key")
    return changed


def _versions(record: Record) -> sa.Select[Any]:
    """Every version of the affected keys, with what its place among them hangs on."""
    table = accepted(record)
    affected = sa.table("affected_key", *(sa.column(c) for c in record.key))
    retraction = is_retraction(table)
    rivals = (
        sa.func.count()
        .filter(sa.not_(retraction))
        .over(partition_by=[*(table.c[c] for c in record.key), table.c.rank])
    )
    return sa.select(
        key_of(record, table).label("key"),
        table.c.receipt,
        table.c.line,
        table.c.rank,
        # The declared correction's number: the status is the last digit
        # (lots.store.intake.row_verdict).
        (table.c.rank // sa.literal_column("10", sa.Integer)).label("number"),
        _numbered(table).label("numbered"),
        (table.c[record.rank[0]].is_not(None) if record.rank else sa.true()).label("graded"),
        retraction.label("retraction"),
        sa.func.coalesce(table.c.retracted == text("never_happened"), sa.false()).label("never"),
        table.c.corrected_by,
        rivals.label("rivals"),
    ).join(affected, same_key(record, table, affected))


def _numbered(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether the number of a version is known: it declares a correction whole; or none, and does
    not say which version it would take back.
    """
    number, by, reason = (table.c[c] for c in ("correction", "corrected_by", "correction_reason"))
    none = sa.func.coalesce(number, sa.literal_column("0")) == sa.literal_column("0")
    unread = sa.func.jsonb_exists(table.c[UNREAD], text("correction")).is_(True)
    return sa.or_(
        sa.and_(number.is_not(None), by.is_not(None), reason.is_not(None)),
        sa.and_(
            none, sa.not_(unread), by.is_(None), reason.is_(None), sa.not_(is_retraction(table))
        ),
    )


def _written(connection: sa.Connection, record: Record, *, whole: bool) -> Changed:
    named = f"record = '{record.name}'"
    run(
        connection,
        "CREATE TEMP TABLE superseded_new ON COMMIT DROP AS "
        f"SELECT {text(record.name)} AS record, receipt, line, why FROM version_status"
        " WHERE why IS NOT NULL",
    )
    # Only among what could have changed: other keys of the record are not even read.
    among = (
        all_where(SUPERSEDED, named)
        if whole
        else all_where(
            SUPERSEDED, f"{named} AND (receipt, line) IN (SELECT receipt, line FROM key_version)"
        )
    )
    changed = replace(connection, SUPERSEDED, "superseded_new", among)
    # One that stands is contested too where persons propose to retract: it may be taken away.
    contested = (
        f"SELECT {text(record.name)} AS record, key, (stands + proposed)::integer AS versions,"
        " proposed > 0 AS possible FROM key_status WHERE stands > 1 OR stands = 1 AND proposed > 0"
    )
    retracted = (
        f"SELECT {text(record.name)} AS record, key, due FROM key_status"
        " WHERE stands = 0 OR awaited"
    )
    for table, found in ((CONTESTED, contested), (RETRACTED, retracted)):
        computed = f"{table.name}_new"
        run(connection, f"CREATE TEMP TABLE {computed} ON COMMIT DROP AS {found}")
        among = named if whole else f"{named} AND key IN (SELECT key FROM key_status)"
        changed += replace(connection, table, computed, all_where(table, among))
    return changed
