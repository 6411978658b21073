"""What the lines of each packed lot tell, kept as sums: what lines that were linked anew changed of them
is added, and of a sound database a rebuild finds the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lots.store.difference import Changed, all_where, replace
from lots.store.intake.staging import run
from lots.store.schema.lineage_tables import LOT_TOLD
from lots.store.schema.told import LINE_TOLD, PACK_TOLD, SUMS

NAMES = ", ".join(SUMS)
# What lines tell whose rows are replaced, and all lines of their packs.
TOLD = f"""
SELECT lot, {NAMES} FROM {PACK_TOLD} WHERE origin IN (SELECT origin FROM touched_origin)
UNION ALL
SELECT told.lot, {", ".join(f"told.{name}" for name in SUMS)}
FROM (SELECT DISTINCT record, key FROM affected_line) AS line
JOIN {LINE_TOLD} AS told USING (record, key)
"""


@contextmanager
def summed(connection: sa.Connection) -> Iterator[None]:
    """Add what changes of the sums while the rows of `affected_line` are replaced by those of
    `vial_new`.
    """
    run(
        connection,
        "CREATE TEMP TABLE touched_origin ON COMMIT DROP AS\n"
        "SELECT v.origin FROM lineage.vial AS v JOIN affected_line USING (record, key)\n"
        "WHERE v.origin IS NOT NULL\n"
        "UNION\nSELECT origin FROM vial_new WHERE origin IS NOT NULL",
    )
    run(connection, "ANALYZE touched_origin")
    run(connection, f"CREATE TEMP TABLE told_before ON COMMIT DROP AS {TOLD}")
    yield
    changes = ",\n    ".join(f"sum({n} * sign)::bigint AS {n}" for n in SUMS)
    run(
        connection,
        f"INSERT INTO {LOT_TOLD.fullname} AS own (lot, {NAMES})\n"
        f"SELECT lot, {changes}\nFROM (\n"
        f"SELECT -1 AS sign, * FROM told_before\nUNION ALL\nSELECT 1, told.* FROM ({TOLD}) AS told\n"
        ") AS changed\nGROUP BY lot\n"
        f"HAVING ({', '.join(f'sum({n} * sign)' for n in SUMS)}) <> ({', '.join('0' for _ in SUMS)})\n"
        "ON CONFLICT (lot) DO UPDATE\n"
        f"SET {', '.join(f'{n} = own.{n} + excluded.{n}' for n in SUMS)}",
    )
    run(connection, f"DELETE FROM {LOT_TOLD.fullname} WHERE lines = 0")
    run(connection, "DROP TABLE touched_origin, told_before")


def sum_all(connection: sa.Connection) -> Changed:
    """Sum all lots anew, and write what differs."""
    sums = ", ".join(f"sum({n})::bigint AS {n}" for n in SUMS)
    run(
        connection,
        f"CREATE TEMP TABLE lot_told_new ON COMMIT DROP AS\nSELECT lot, {sums}\nFROM (\n"
        f"SELECT lot, {NAMES} FROM {PACK_TOLD}\nUNION ALL\nSELECT lot, {NAMES} FROM {LINE_TOLD}\n"
        ") AS told\nGROUP BY lot",
    )
    return replace(connection, LOT_TOLD, "lot_told_new", all_where(LOT_TOLD))
