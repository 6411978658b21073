"""Linking: what the newest ledger entries bring is woven into lineage; what cannot be is parked
(docs/linking.md).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Link
from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.records import records
from lots.store.intake.accepting import key_of
from lots.store.intake.breaches import in_scope
from lots.store.intake.reading import text
from lots.store.intake.staging import run
from lots.store.lineage.declared import DERIVED_FROM, EDGE_RECORDS, VIAL_SOURCES
from lots.store.queries import query
from lots.store.schema.lineage_tables import CLOSURE, EDGE, NODE, PARKED, PERSON, PLACE, VIAL
from lots.store.schema.record_tables import accepted, standing
from lots.store.schema.tables import PROGRESS

LINK_LOCK = 7_145_002  # one linking at a time


def lock(connection: sa.Connection) -> None:
    """Wait for another linking to end; holds until the transaction ends. What follows is planned
    for few rows.
    """
    # Entries are linked in their order by one at a time; a lock, since two would insert the same
    # nodes.
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LINK_LOCK)))
    # A few lookups cost less than reading all of a table.
    run(connection, "SET LOCAL random_page_cost = 1.1")
    # Of a new site it expects one row, and joins by site alone.
    run(connection, "SET LOCAL enable_mergejoin = off")


def unlinked(connection: sa.Connection) -> list[tuple[int, int, str]]:
    """Ledger entries that have not been linked: (entry, receipt, record name or '' where the file
    was refused).
    """
    return [(e, r, n) for e, r, n in connection.execute(query("unlinked_entries"))]


def done(connection: sa.Connection, entries: Sequence[int], now: datetime) -> None:
    """Note that these entries are linked."""
    connection.execute(sa.insert(PROGRESS), [{"entry": e, "linked_at": now} for e in entries])


def forget(connection: sa.Connection) -> None:
    """Empty all that is derived, so that it can be made anew from what was accepted."""
    for table in (VIAL, PARKED, CLOSURE, EDGE, NODE, PLACE, PERSON, PROGRESS):
        connection.execute(sa.delete(table))


# --- places and persons ---------------------------------------------------------------------------


def link_parties(connection: sa.Connection, names: set[str]) -> None:
    """Make anew where parties are, and which keys are one person's, where a record of these names
    may change it.
    """
    # Made anew as a whole: a statement that two keys are one person may join any number of persons.
    for record, (table, statement) in DERIVED_FROM.items():
        if record in names:
            connection.execute(sa.delete(table))
            connection.execute(query(statement))


# --- pools and lots -------------------------------------------------------------------------------


def link_lots(connection: sa.Connection, receipts: list[int], names: set[str]) -> None:
    """Nodes, edges and closure of pools and lots. A version that takes an edge away makes the
    closure anew.
    """
    connection.execute(query("link_nodes"), {"receipts": receipts})
    if _edge_withdrawn(connection, receipts, names):
        # A closure cannot be shrunk by one edge: what else connects two nodes is known only by
        # walking again.
        connection.execute(sa.delete(EDGE))
        connection.execute(sa.delete(CLOSURE).where(CLOSURE.c.ancestor != CLOSURE.c.descendant))
        receipts = _all_receipts(connection)
    parents = list(connection.execute(query("link_edges"), {"receipts": receipts}).scalars())
    if parents:
        connection.execute(query("link_closure"), {"parents": sorted(set(parents))})


def _edge_withdrawn(connection: sa.Connection, receipts: list[int], names: set[str]) -> bool:
    return any(
        connection.execute(
            sa.select(
                sa.exists().where(
                    _of_receipts(accepted(record_of(n)), receipts),
                    accepted(record_of(n)).c.version > 1,
                )
            )
        ).scalar_one()
        for n in EDGE_RECORDS
        if n in names
    )


def _all_receipts(connection: sa.Connection) -> list[int]:
    tables = [accepted(record_of(n)) for n in EDGE_RECORDS]
    found = sa.union(*(sa.select(t.c.receipt) for t in tables))
    return list(connection.execute(found).scalars())


def _of_receipts(table: sa.FromClause, receipts: Sequence[int]) -> sa.ColumnElement[bool]:
    mine: sa.ColumnElement[bool] = table.c.receipt == sa.any_(
        sa.literal(list(receipts), pg.ARRAY(sa.BigInteger))
    )
    return mine


# --- parked links of every record -----------------------------------------------------------------


def park(connection: sa.Connection, record: Record, receipts: Sequence[int]) -> None:
    """Park the links of these receipts' rows whose target is not known."""
    table = accepted(record)
    versions = bool(
        connection.execute(
            sa.select(sa.exists().where(_of_receipts(table, receipts), table.c.version > 1))
        ).scalar_one()
    )
    # A newer version may have another link, or none: what its key waited for is forgotten and asked
    # again.
    if versions:
        _forget_versions(connection, record, receipts)
    for link in record.waiting:
        connection.execute(_parked(record, link, receipts, versions=versions))


def _versioned(record: Record, receipts: Sequence[int]) -> sa.Select[Any]:
    """Keys of which these receipts brought a further version."""
    table = accepted(record)
    return sa.select(*(table.c[c] for c in record.key)).where(
        _of_receipts(table, receipts), table.c.version > 1
    )


def _forget_versions(connection: sa.Connection, record: Record, receipts: Sequence[int]) -> None:
    keys = _versioned(record, receipts).subquery()
    connection.execute(
        sa.delete(PARKED).where(
            PARKED.c.record == record.name, PARKED.c.key.in_(sa.select(key_of(record, keys)))
        )
    )


def _parked(record: Record, link: Link, receipts: Sequence[int], *, versions: bool) -> sa.Insert:
    rows, target = standing(record), accepted(record_of(link.record))
    mine = _of_receipts(rows, receipts)
    if versions:
        versioned = _versioned(record, receipts).subquery()
        mine = sa.or_(mine, sa.exists().where(*(rows.c[c] == versioned.c[c] for c in record.key)))
    there: list[sa.ColumnElement[Any]] = [rows.c[c].is_not(None) for c in link.columns]
    if link.when:
        there.append(in_scope(link.when, {link.when.column: rows.c[link.when.column]}))
    # In any version: what was said once of a target is known, though a version since says
    # otherwise.
    known = sa.exists().where(*_matches(link, target, [rows.c[c] for c in link.columns]))
    names = sa.func.jsonb_build_array(*(sa.cast(rows.c[c], sa.Text) for c in link.columns))
    select = sa.select(
        text(record.name), key_of(record, rows), text(link.name), text(link.record), names
    ).where(mine, *there, ~known)
    return (
        pg.insert(PARKED)
        .from_select(["record", "key", "link", "target", "names"], select)
        .on_conflict_do_nothing()
    )


def _matches(
    link: Link, target: sa.FromClause, values: Sequence[Any]
) -> list[sa.ColumnElement[bool]]:
    on = link.on or record_of(link.record).key
    return [
        *(target.c[c] == v for c, v in zip(on, values, strict=True)),
        *(target.c[c] == text(v) for c, v in link.fixed),
    ]


def unpark(connection: sa.Connection, target: Record, receipts: Sequence[int]) -> None:
    """Let go the links that waited for rows of these receipts."""
    if not connection.execute(
        sa.select(sa.exists().where(PARKED.c.target == target.name))
    ).scalar_one():
        return
    table = accepted(target)
    for (on, fixed), waiting in _links_to(target).items():
        names = sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in on)).label(
            "names"
        )
        mine = (
            sa.select(names)
            .distinct()
            .where(_of_receipts(table, receipts), *(table.c[c] == text(v) for c, v in fixed))
        )
        # By a table with statistics: the planner would else look at every parked row for each name.
        came = mine.into("came", temporary=True)
        connection.execute(came)
        run(connection, "ANALYZE came")
        connection.execute(
            sa.delete(PARKED).where(
                PARKED.c.target == target.name,
                sa.tuple_(PARKED.c.record, PARKED.c.link).in_(waiting),
                PARKED.c.names == came.table.c.names,
            )
        )
        run(connection, "DROP TABLE came")


def _links_to(target: Record) -> dict[tuple[Any, ...], list[tuple[str, str]]]:
    """Links (record, name) to a record type, by the columns that they name and what these must
    have.
    """
    found: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    for record in records().values():
        for link in record.waiting:
            if link.record == target.name:
                found[tuple(link.on or target.key), tuple(link.fixed)].append(
                    (record.name, link.name)
                )
    return found


# --- vials ----------------------------------------------------------------------------------------


def link_vials(connection: sa.Connection, receipts: list[int]) -> None:
    """Link every vial whose links may have changed, and park what cannot be linked."""
    connection.execute(query("former_packs"))
    connection.execute(query("affected_packs"), {"receipts": receipts})
    # Prepared vials before given ones: an infusion may reach its lots through a preparation alone.
    for touch, source in VIAL_SOURCES:
        connection.execute(query(touch), {"receipts": receipts})
        connection.execute(query(source))
        connection.execute(query("number_patients"))
        # So that it never compares all with all.
        run(connection, "CREATE INDEX ON vial_source (version)")
        run(connection, "ANALYZE vial_source")
        for statement in ("unlink_vials", "unpark_vials", "link_vials", "park_vials"):
            connection.execute(query(statement))
        connection.exec_driver_sql("DROP TABLE vial_source")
