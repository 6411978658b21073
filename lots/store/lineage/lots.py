"""Nodes, edges and closure: what went into what, each replaced by difference so that nodes keep
their numbers.
"""

from collections.abc import Collection

import sqlalchemy as sa

from lots.records import record as record_of
from lots.store.among import among
from lots.store.difference import Changed, all_where, nothing_of, replace
from lots.store.lineage.declared import EDGE_RECORDS
from lots.store.queries import query
from lots.store.schema.lineage_tables import CLOSURE, EDGE, NODE
from lots.store.schema.record_tables import accepted


def link_lots(
    connection: sa.Connection, receipts: list[int], names: Collection[str], *, again: bool
) -> Changed:
    """Nodes, edges and closure of what these receipts of these records tell. again: an edge may be
    told no more.
    """
    changed = _nodes(connection, receipts, whole=False)
    told = [name for name in EDGE_RECORDS if name in names]
    if not told:
        return changed
    # A further version may have told another edge before: then all that is told is compared.
    if again or any(_has_versions(connection, name, receipts) for name in told):
        return changed + _edges(connection, _all_receipts(connection), all_where(EDGE))
    return changed + _edges(connection, receipts, nothing_of(EDGE))


def link_all_lots(connection: sa.Connection, receipts: list[int]) -> Changed:
    """The same of all that was ever received, compared with all that is kept."""
    changed = _nodes(connection, receipts, whole=True)
    changed += _edges(connection, receipts, all_where(EDGE))
    connection.execute(query("link_closure"), {"parents": [], "whole": True})
    return changed + replace(connection, CLOSURE, "closure_new", all_where(CLOSURE))


def _nodes(connection: sa.Connection, receipts: list[int], *, whole: bool) -> Changed:
    newest = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(NODE.c.node), 0))
    ).scalar_one()
    connection.execute(query("link_nodes"), {"receipts": receipts})
    changed = replace(connection, NODE, "node_new", all_where(NODE) if whole else nothing_of(NODE))
    # Each is its own ancestor. New ones are those with higher numbers, as a number is never given
    # twice.
    itself = sa.select(NODE.c.node, NODE.c.node).where(NODE.c.node > newest)
    connection.execute(sa.insert(CLOSURE).from_select(["ancestor", "descendant"], itself))
    return changed


def _edges(connection: sa.Connection, receipts: list[int], among: str) -> Changed:
    connection.execute(query("link_edges"), {"receipts": receipts})
    asked = {"whole": among == all_where(EDGE)}
    # Before they are replaced: what came and what went is seen only while both are there.
    parents = list(connection.execute(query("edges_changed"), asked).scalars())
    changed = replace(connection, EDGE, "edge_new", among)
    if parents:
        # What is above an edge that came or went reaches other things than before, and nothing
        # else.
        connection.execute(query("link_closure"), {"parents": parents, "whole": False})
        above = "ancestor IN (SELECT ancestor FROM closure_new)"
        changed += replace(connection, CLOSURE, "closure_new", all_where(CLOSURE, above))
    return changed


def _has_versions(connection: sa.Connection, name: str, receipts: list[int]) -> bool:
    table = accepted(record_of(name))
    further = sa.exists().where(among(table.c.receipt, receipts), table.c.version > 1)
    return bool(connection.execute(sa.select(further)).scalar_one())


def _all_receipts(connection: sa.Connection) -> list[int]:
    tables = [accepted(record_of(name)) for name in EDGE_RECORDS]
    found = sa.union(*(sa.select(table.c.receipt) for table in tables))
    return list(connection.execute(found).scalars())
