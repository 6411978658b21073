"""What the lines of each packed lot tell, kept as sums: what lines that were linked anew changed of them
is added, and of a sound database a rebuild finds the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lots.store.difference import Changed, all_where, named_by, replace
from lots.store.intake.staging import run
from lots.store.schema.lineage_tables import LOT_TOLD, VIAL_BOUND
from lots.store.schema.told import LINE_TOLD, OF_PREPARATION, PACK_TOLD, SUMS

NAMES = ", ".join(SUMS)
# Preparations of which lines say that they were given as a whole: their rows that go, and that come.
WHOLE = f"""
SELECT v.place, v.preparation FROM lineage.vial AS v JOIN affected_line USING (record, key)
WHERE v.{OF_PREPARATION.format("v.")}
UNION
SELECT place, preparation FROM vial_new WHERE {OF_PREPARATION.format("")}
"""
# What went into these is bound by it, or no more.
PREPARED = """
SELECT v.record, v.key, v.origin FROM whole
JOIN lineage.vial AS v ON v.place = whole.place AND v.preparation = whole.preparation
WHERE v.record = 'reconstitution_vial'
"""
# All lines of a pack are looked at together, whatever each calls it.
ORIGINS = f"""
SELECT v.origin FROM lineage.vial AS v JOIN affected_line USING (record, key) WHERE v.origin IS NOT NULL
UNION
SELECT origin FROM vial_new WHERE origin IS NOT NULL
UNION
SELECT origin FROM ({PREPARED}) AS prepared WHERE origin IS NOT NULL
"""
LINES = f"""
SELECT record, key FROM affected_line
UNION
SELECT record, key FROM ({PREPARED}) AS prepared
"""
TOLD = f"""
SELECT lot, bound, {NAMES} FROM {PACK_TOLD} WHERE origin IN (SELECT origin FROM touched_origin)
UNION ALL
SELECT told.lot, told.bound, {", ".join(f"told.{name}" for name in SUMS)}
FROM touched_line
JOIN {LINE_TOLD} AS told USING (record, key)
"""
BOUND = f"""
SELECT v.lot, v.record, v.key
FROM {PACK_TOLD} AS told
JOIN lineage.vial AS v USING (lot, origin)
WHERE told.bound AND {{0}}
UNION
SELECT lot, record, key FROM {LINE_TOLD} AS told WHERE bound AND {{1}}
"""


@contextmanager
def summed(connection: sa.Connection) -> Iterator[None]:
    """Add what changes of the sums while the rows of `affected_line` are replaced by those of
    `vial_new`.
    """
    for name, what in (("whole", WHOLE), ("touched_origin", ORIGINS), ("touched_line", LINES)):
        run(connection, f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {what}")
        run(connection, f"ANALYZE {name}")
    run(
        connection,
        f"CREATE TEMP TABLE told_change ON COMMIT DROP AS SELECT -1 AS sign, * FROM ({TOLD})",
    )
    run(
        connection,
        "CREATE TEMP TABLE bound_before ON COMMIT DROP AS\n"
        "SELECT v.record, v.key FROM lineage.vial AS v JOIN touched_origin USING (origin)\n"
        "UNION\nSELECT record, key FROM touched_line",
    )
    yield
    run(connection, f"INSERT INTO told_change SELECT 1, * FROM ({TOLD})")
    _add(connection)
    _bind(connection)
    run(connection, "DROP TABLE whole, touched_origin, touched_line, told_change, bound_before")


def _add(connection: sa.Connection) -> None:
    changes = {name: f"coalesce(sum(sign * {name}), 0)" for name in SUMS}
    run(
        connection,
        f"INSERT INTO {LOT_TOLD.fullname} AS own (lot, {NAMES})\n"
        f"SELECT lot, {', '.join(f'{change}::bigint' for change in changes.values())}\n"
        "FROM told_change WHERE NOT bound\nGROUP BY lot\n"
        f"HAVING ({', '.join(changes.values())}) <> ({', '.join('0' for _ in changes)})\n"
        "ON CONFLICT (lot) DO UPDATE\n"
        f"SET {', '.join(f'{n} = own.{n} + excluded.{n}' for n in SUMS)}",
    )
    run(connection, f"DELETE FROM {LOT_TOLD.fullname} WHERE lines = 0")


def _bind(connection: sa.Connection) -> None:
    """Keep which lines are in no sum, of all that were touched, before or after."""
    packs = "told.origin IN (SELECT origin FROM touched_origin)"
    lines = "(told.record, told.key) IN (SELECT record, key FROM touched_line)"
    run(
        connection,
        f"CREATE TEMP TABLE bound_new ON COMMIT DROP AS {BOUND.format(packs, lines)}",
    )
    among = named_by(VIAL_BOUND, "bound_before", ("record", "key"))
    replace(connection, VIAL_BOUND, "bound_new", among)


def sum_all(connection: sa.Connection) -> Changed:
    """Sum all lots anew, and write what differs."""
    sums = ", ".join(f"sum({n})::bigint AS {n}" for n in SUMS)
    run(
        connection,
        f"CREATE TEMP TABLE lot_told_new ON COMMIT DROP AS\nSELECT lot, {sums}\nFROM (\n"
        f"SELECT lot, bound, {NAMES} FROM {PACK_TOLD}\n"
        f"UNION ALL\nSELECT lot, bound, {NAMES} FROM {LINE_TOLD}\n"
        ") AS told\nWHERE NOT bound\nGROUP BY lot",
    )
    changed = replace(connection, LOT_TOLD, "lot_told_new", all_where(LOT_TOLD))
    run(connection, f"CREATE TEMP TABLE bound_new ON COMMIT DROP AS {BOUND.format('true', 'true')}")
    return changed + replace(connection, VIAL_BOUND, "bound_new", all_where(VIAL_BOUND))
