"""What the lines of each packed lot tell, and of which patients, kept as sums: what lines that were
linked anew changed of them is added, and of a sound database a rebuild finds the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lots.store.difference import Changed, add, all_where, named_by, replace
from lots.store.intake.staging import run
from lots.store.schema.lineage_tables import LOT_PATIENT, LOT_TOLD, VIAL, VIAL_BOUND
from lots.store.schema.told import LINE_TOLD, OF_PREPARATION, PACK_TOLD, SAID, SUMS

NAMES = ", ".join(SUMS)
# Each looked up by its index, one by one: a few of many, whatever the planner expects of a new
# table. What went into a preparation is bound by lines that say it was given as a whole, or no
# more.
TOUCHED = f"""
CREATE TEMP TABLE touched ON COMMIT DROP AS
WITH old AS MATERIALIZED (
    SELECT found.* FROM (SELECT DISTINCT record, key FROM affected_line) AS line
    CROSS JOIN LATERAL (
        SELECT v.origin, v.basis, v.place, v.preparation FROM lineage.vial AS v
        WHERE v.record = line.record AND v.key = line.key OFFSET 0
    ) AS found
),
whole AS (
    SELECT place, preparation FROM old WHERE {OF_PREPARATION.format("")}
    UNION
    SELECT place, preparation FROM vial_new WHERE {OF_PREPARATION.format("")}
),
prepared AS MATERIALIZED (
    SELECT found.* FROM whole
    CROSS JOIN LATERAL (
        SELECT v.record, v.key, v.origin FROM lineage.vial AS v
        WHERE v.place = whole.place AND v.preparation = whole.preparation AND v.record = 'reconstitution_vial'
        OFFSET 0
    ) AS found
),
pack AS (  -- all lines of a pack are looked at together, whatever each calls it
    SELECT origin FROM old UNION SELECT origin FROM vial_new UNION SELECT origin FROM prepared
),
line AS (
    SELECT record, key FROM affected_line UNION SELECT record, key FROM prepared WHERE origin IS NULL
)
SELECT origin, CAST(NULL AS text) AS record, CAST(NULL AS jsonb) AS key FROM pack WHERE origin IS NOT NULL
UNION ALL
SELECT NULL, record, key FROM line
"""
# Origins as an array: within the view that groups by them they are looked up by the index.
TOLD = f"""
SELECT lot, origin, CAST(NULL AS text) AS record, CAST(NULL AS jsonb) AS key, bound, {NAMES}
FROM {PACK_TOLD}
WHERE origin = ANY (ARRAY(SELECT origin FROM touched WHERE origin IS NOT NULL))
UNION ALL
SELECT told.* FROM touched
CROSS JOIN LATERAL (
    SELECT lot, NULL, record, key, bound, {NAMES}
    FROM {LINE_TOLD} AS one WHERE one.record = touched.record AND one.key = touched.key OFFSET 0
) AS told
"""
BOUND = """
SELECT found.* FROM told_change AS told
CROSS JOIN LATERAL (
    SELECT v.lot, v.record, v.key FROM lineage.vial AS v
    WHERE v.origin = told.origin AND v.lot = told.lot OFFSET 0
) AS found
WHERE told.sign = {0} AND told.bound
UNION
SELECT lot, record, key FROM told_change WHERE sign = {0} AND bound AND origin IS NULL
"""
# A row of a line says each thing or does not: of a patient of a lot it is counted how many do.
OF_PATIENTS = (
    f"SELECT lot, patient, {', '.join(f'({told})::integer AS {name}' for name, told in SAID.items())}\n"
    "FROM {0}\nWHERE patient > 0"
)
OF_LINES = """(
    SELECT found.* FROM (SELECT DISTINCT record, key FROM affected_line) AS line
    CROSS JOIN LATERAL (
        SELECT v.lot, v.patient, v.state, v.sure, v.alone, v.least, v.basis FROM lineage.vial AS v
        WHERE v.record = line.record AND v.key = line.key OFFSET 0
    ) AS found
) AS line"""


@contextmanager
def summed(connection: sa.Connection) -> Iterator[None]:
    """Add what changes of the sums while the rows of `affected_line` are replaced by those of
    `vial_new`.
    """
    run(connection, TOUCHED)
    run(
        connection,
        f"CREATE TEMP TABLE told_change ON COMMIT DROP AS SELECT -1 AS sign, told.* FROM ({TOLD}) AS told",
    )
    run(connection, f"CREATE TEMP TABLE bound_before ON COMMIT DROP AS {BOUND.format(-1)}")
    patients = OF_PATIENTS.format(OF_LINES)
    run(
        connection,
        f"CREATE TEMP TABLE said_change ON COMMIT DROP AS SELECT -1 AS sign, said.* FROM ({patients}) AS said",
    )
    yield
    run(connection, f"INSERT INTO told_change SELECT 1, told.* FROM ({TOLD}) AS told")
    # What is bound to more than its lot and pack is in no sum: it is counted by its rows.
    add(connection, LOT_TOLD, ("lot",), SUMS, "told_change WHERE NOT bound")
    run(connection, f"INSERT INTO said_change SELECT 1, said.* FROM ({patients}) AS said")
    add(connection, LOT_PATIENT, ("lot", "patient"), SAID, "said_change")
    # Mostly nothing is bound, before or after.
    if connection.execute(sa.text("SELECT EXISTS (SELECT FROM told_change WHERE bound)")).scalar():
        run(connection, f"CREATE TEMP TABLE bound_new ON COMMIT DROP AS {BOUND.format(1)}")
        among = named_by(VIAL_BOUND, "bound_before", ("lot", "record", "key"))
        replace(connection, VIAL_BOUND, "bound_new", among)
    run(connection, "DROP TABLE touched, told_change, bound_before, said_change")


def sum_all(connection: sa.Connection) -> Changed:
    """Sum all lots anew, and write what differs."""
    # As above: whole numbers stay whole.
    sums = ", ".join(f"sum({n})::bigint AS {n}" for n in SUMS)
    run(
        connection,
        f"CREATE TEMP TABLE lot_told_new ON COMMIT DROP AS\nSELECT lot, {sums}\nFROM (\n"
        f"SELECT lot, bound, {NAMES} FROM {PACK_TOLD}\n"
        f"UNION ALL\nSELECT lot, bound, {NAMES} FROM {LINE_TOLD}\n"
        ") AS told\nWHERE NOT bound\nGROUP BY lot",
    )
    changed = replace(connection, LOT_TOLD, "lot_told_new", all_where(LOT_TOLD))
    said = ", ".join(f"sum({name})::integer AS {name}" for name in SAID)
    run(
        connection,
        f"CREATE TEMP TABLE lot_patient_new ON COMMIT DROP AS\nSELECT lot, patient, {said}\n"
        f"FROM ({OF_PATIENTS.format(VIAL.fullname)}) AS said\nGROUP BY lot, patient",
    )
    changed += replace(connection, LOT_PATIENT, "lot_patient_new", all_where(LOT_PATIENT))
    run(
        connection,
        "CREATE TEMP TABLE bound_new ON COMMIT DROP AS\n"
        f"SELECT v.lot, v.record, v.key FROM {PACK_TOLD} AS told\n"
        "JOIN lineage.vial AS v USING (lot, origin) WHERE told.bound\n"
        f"UNION\nSELECT lot, record, key FROM {LINE_TOLD} WHERE bound",
    )
    return changed + replace(connection, VIAL_BOUND, "bound_new", all_where(VIAL_BOUND))
