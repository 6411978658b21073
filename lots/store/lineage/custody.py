"""Where each pack is, kept as rows and as sums by lot: replaced by difference whenever something
comes that tells of it (docs/counting.md).
"""

from collections.abc import Collection

import sqlalchemy as sa

from lots.questions.path import lines
from lots.records import record as record_of
from lots.records import records
from lots.store.among import among
from lots.store.difference import Changed, add, all_where, changing, named_by, replace
from lots.store.intake.staging import run
from lots.store.queries import query
from lots.store.schema.custody_tables import CUSTODY, LOT_HELD, LOT_PACK

# Of each version of what came the packs that it names: of another version the pack that it named
# too.
NAMING = ("pack", "relabelling", "stock_count", "vial_fate", "shipment", "package_content")
MINE = "receipt = ANY (:receipts)"
# What moved in a package moved with all that was ever put into it, at any depth.
BOXES = {
    "shipment": (
        "SELECT v.sscc FROM accepted.shipment AS own\n"
        "JOIN accepted.shipment AS v USING (from_party, shipment, item)\n"
        f"WHERE own.{MINE} AND v.sscc IS NOT NULL AND v.serial IS NULL"
    ),
    "delivery": (
        "SELECT v.sscc FROM accepted.delivery AS own\n"
        "JOIN accepted.shipment AS v USING (from_party, shipment, item)\n"
        f"WHERE own.{MINE} AND v.sscc IS NOT NULL AND v.serial IS NULL"
    ),
    "package_content": (
        "SELECT v.child_sscc AS sscc FROM accepted.package_content AS own\n"
        "JOIN accepted.package_content AS v USING (sscc, item)\n"
        f"WHERE own.{MINE} AND v.child_sscc IS NOT NULL"
    ),
}
SHIPPED = (
    "SELECT v.gtin, v.serial FROM accepted.delivery AS own\n"
    "JOIN accepted.shipment AS v USING (from_party, shipment, item)\n"
    f"WHERE own.{MINE} AND v.serial IS NOT NULL"
)
# Who relabelled a pack has it under its new label, until something is told of that.
LABELLED = f"SELECT new_gtin, new_serial FROM accepted.relabelling WHERE {MINE}"
# What is told of a label that a pack had before may be of the pack.
LATER = """WITH RECURSIVE {}named AS (
{}
),
later AS (
SELECT gtin, serial FROM named
UNION
SELECT r.new_gtin, r.new_serial FROM later JOIN accepted.relabelling AS r USING (gtin, serial)
)
SELECT gtin, serial FROM later"""
PLACE = ("lot", "whereabouts", "holder")
# A pack holds one vial at least, whatever its record says, or where that says nothing.
SUMMED = (
    "lot, whereabouts, holder, count(*) AS packs, sum(greatest(coalesce(vials, 1), 1)) AS vials"
)
KIND = ("lot", "gtin", "fewest", "most")
# Each pack once, at however many places it stands.
PACKS = "SELECT DISTINCT lot, gtin, serial, fewest, greatest(vials, 1) AS most, 1 AS packs"
NOT_WHOLE = sa.text("SELECT EXISTS (SELECT FROM custody_use WHERE given < greatest(vials, 1))")
OF_THESE = f"""{PACKS}
FROM (SELECT DISTINCT gtin, serial FROM custody_pack) AS pack
CROSS JOIN LATERAL (
    SELECT own.lot, own.fewest, own.vials FROM {CUSTODY.fullname} AS own
    WHERE own.gtin = pack.gtin AND own.serial = pack.serial
    OFFSET 0  -- looked up one by one: a few of many
) AS own"""


def link_custody(
    connection: sa.Connection, receipts: list[int], names: Collection[str], *, lines_linked: bool
) -> None:
    """Find anew where packs are of which these receipts tell, rows of these records; lines_linked:
    or of which lines of vials were linked anew.
    """
    found = _named(names, lines_linked=lines_linked)
    if not found:
        return
    made = f"CREATE TEMP TABLE custody_pack ON COMMIT DROP AS\n{found}"
    if connection.execute(sa.text(made), {"receipts": receipts}).rowcount:
        _find(connection)
        _replace(connection)
    run(connection, "DROP TABLE custody_pack")


def link_all_custody(connection: sa.Connection) -> Changed:
    """Find and sum anew where all packs are, and write what differs."""
    run(
        connection,
        "CREATE TEMP TABLE custody_pack ON COMMIT DROP AS SELECT DISTINCT gtin, serial FROM standing.pack",
    )
    _find(connection)
    changed = replace(connection, CUSTODY, "custody_new", all_where(CUSTODY))
    run(
        connection,
        # Of the rows as they are kept by now, so that the two cannot differ.
        f"CREATE TEMP TABLE held_new ON COMMIT DROP AS\nSELECT {SUMMED}\n"
        f"FROM {CUSTODY.fullname} GROUP BY lot, whereabouts, holder",
    )
    kind = ", ".join(KIND)
    run(
        connection,
        f"CREATE TEMP TABLE pack_new ON COMMIT DROP AS\nSELECT {kind}, sum(packs)::bigint AS packs\n"
        f"FROM ({PACKS} FROM {CUSTODY.fullname}) AS pack GROUP BY {kind}",
    )
    run(connection, "DROP TABLE custody_pack")
    changed += replace(connection, LOT_PACK, "pack_new", all_where(LOT_PACK))
    return changed + replace(connection, LOT_HELD, "held_new", all_where(LOT_HELD))


def _named(names: Collection[str], *, lines_linked: bool) -> str:
    """What selects the packs that are looked at; empty where nothing tells of any."""
    found = [_versions(name) for name in NAMING if name in names]
    found += [SHIPPED] if "delivery" in names else []
    found += [LABELLED] if "relabelling" in names else []
    # Of a line all versions count, whatever became of it: which packs it was of, too.
    found += [_of_lines(r.name, r.key) for r in lines(records())] if lines_linked else []
    boxes = "\nUNION\n".join(of for name, of in BOXES.items() if name in names)
    if boxes:
        found.append("SELECT gtin, serial FROM within")
    before = f"{_within(boxes)},\n" if boxes else ""
    return LATER.format(before, "\nUNION\n".join(found)) if found else ""


def _versions(name: str) -> str:
    key = ", ".join(record_of(name).key)
    return (
        f"SELECT v.gtin, v.serial FROM accepted.{name} AS own JOIN accepted.{name} AS v USING ({key})\n"
        f"WHERE own.{MINE} AND v.serial IS NOT NULL"
    )


def _of_lines(name: str, key: Collection[str]) -> str:
    return (
        f"SELECT v.gtin, v.serial FROM affected_{name} AS own\n"
        f"JOIN accepted.{name} AS v USING ({', '.join(key)}) WHERE v.serial IS NOT NULL"
    )


def _within(boxes: str) -> str:
    return (
        f"first AS (\n{boxes}\n),\nbox AS (\nSELECT sscc FROM first\nUNION\n"
        # UNION leaves out what was seen, so that packages told to hold each other come to an end.
        "SELECT c.child_sscc FROM box JOIN accepted.package_content AS c USING (sscc)\n"
        "WHERE c.child_sscc IS NOT NULL\n),\nwithin AS (\nSELECT c.gtin, c.serial FROM box\n"
        "JOIN accepted.package_content AS c USING (sscc) WHERE c.serial IS NOT NULL\n)"
    )


def _find(connection: sa.Connection) -> None:
    """Make `custody_new` of the packs of `custody_pack`."""
    run(connection, "ANALYZE custody_pack")
    connection.execute(query("custody_use"))
    connection.execute(query("custody_given"))
    # Of a pack that was given whole nothing else is sought; and mostly what came is what was given.
    if connection.execute(NOT_WHOLE).scalar_one():
        run(connection, "ANALYZE custody_use")
        connection.execute(query("custody_held"))
    run(connection, "DROP TABLE custody_use")


def _replace(connection: sa.Connection) -> None:
    """Write what differs of these packs, and add what that changes to the sums of their lots."""
    mine = named_by(CUSTODY, "custody_pack", ("gtin", "serial"))
    # Its size says whether to compare row by row or all at once.
    run(connection, "ANALYZE custody_new")
    gone, come = changing(CUSTODY, "custody_new", mine)
    before = "CREATE TEMP TABLE pack_change ON COMMIT DROP AS SELECT -1 AS sign, own.*"
    run(connection, f"{before} FROM ({OF_THESE}) AS own")
    emptied = [row.lot for row in run(connection, _taken_off(gone)) if row.packs == 0]
    run(connection, _added(come))
    if emptied:
        # Only now: what was emptied may have been filled again by what was added.
        nothing = (LOT_HELD.c.packs == 0) & among(LOT_HELD.c.lot, emptied)
        connection.execute(sa.delete(LOT_HELD).where(nothing))
    run(connection, f"INSERT INTO pack_change SELECT 1, own.* FROM ({OF_THESE}) AS own")
    add(connection, LOT_PACK, KIND, ("packs",), "pack_change")
    run(connection, "DROP TABLE custody_new, pack_change")


def _taken_off(gone: str) -> str:
    return (
        f"WITH changed AS (\n{gone}\nRETURNING lot, whereabouts, holder, vials\n)\n"
        f"UPDATE {LOT_HELD.fullname} AS own\n"
        "SET packs = own.packs - less.packs, vials = own.vials - less.vials\n"
        f"FROM (SELECT {SUMMED} FROM changed GROUP BY lot, whereabouts, holder) AS less\n"
        f"WHERE {' AND '.join(f'own.{c} = less.{c}' for c in PLACE)}\n"
        "RETURNING own.lot, own.packs"
    )


def _added(come: str) -> str:
    return (
        f"WITH changed AS (\n{come}\nRETURNING lot, whereabouts, holder, vials\n)\n"
        f"INSERT INTO {LOT_HELD.fullname} AS own (lot, whereabouts, holder, packs, vials)\n"
        f"SELECT {SUMMED} FROM changed GROUP BY lot, whereabouts, holder\n"
        f"ON CONFLICT ({', '.join(PLACE)}) DO UPDATE\n"
        "SET packs = own.packs + excluded.packs, vials = own.vials + excluded.vials"
    )
