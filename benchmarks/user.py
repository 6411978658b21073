"""The questions as a user with SQL would write them: one recursive statement over standing rows,
without lineage.
"""

# Largest first: on a small one every way is fast.
NAMED = {  # the largest of each kind; of donations, donors and packs one that was used
    "donation": (
        """SELECT u.donation_number FROM accepted.plasma_unit AS u JOIN accepted.pool_unit AS p USING (unit)
        WHERE u.donation_number IS NOT NULL ORDER BY md5(u.unit) LIMIT 1"""
    ),
    "donor": (
        """SELECT d.donor_key FROM accepted.donation AS d JOIN accepted.plasma_unit AS u USING (donation_number)
        JOIN accepted.pool_unit AS p USING (unit) WHERE d.donor_key IS NOT NULL ORDER BY md5(u.unit) LIMIT 1"""
    ),
    "pool": (
        """SELECT p.pool_number FROM accepted.pool_unit AS p
        GROUP BY p.pool_number ORDER BY count(*) DESC, p.pool_number LIMIT 1"""
    ),
    "lot": (
        """SELECT p.lot_number FROM accepted.pack AS p WHERE p.lot_number IS NOT NULL
        GROUP BY p.lot_number ORDER BY count(*) DESC, p.lot_number LIMIT 1"""
    ),
    "pack": (
        """SELECT v.gtin || '/' || v.serial FROM accepted.administration_vial AS v JOIN accepted.pack AS p
        USING (gtin, serial) ORDER BY md5(v.serial) LIMIT 1"""
    ),
    "kit_lot": (
        """SELECT r.kit_lot FROM accepted.test_result AS r WHERE r.kit_lot IS NOT NULL
        GROUP BY r.kit_lot ORDER BY count(*) DESC, r.kit_lot LIMIT 1"""
    ),
}
RESULTS = "SELECT count(*) FROM accepted.test_result WHERE kit_lot = :name"
POOLS = """SELECT p.plant, p.pool_number, 'pool'
    FROM {0} JOIN standing.plasma_unit AS u USING (donation_number) JOIN standing.pool_unit AS p USING (unit)"""
START = {
    "donation": POOLS.format("(SELECT CAST(:name AS text) AS donation_number) AS d"),
    "donor": POOLS.format(
        "(SELECT donation_number FROM standing.donation WHERE donor_key = :name) AS d"
    ),
    "kit_lot": POOLS.format("""(
        SELECT tested_id AS donation_number FROM standing.test_result WHERE kit_lot = :name AND tested = 'donation'
        UNION
        SELECT m.member FROM standing.test_result AS r JOIN standing.minipool_member AS m ON m.minipool = r.tested_id
        WHERE r.kit_lot = :name AND r.tested = 'minipool' AND m.member_kind = 'donation'
    ) AS d"""),
    "pool": "SELECT plant, pool_number, 'pool' FROM standing.pool WHERE pool_number = :name",
    "lot": "SELECT manufacturer, lot_number, step FROM standing.lot WHERE lot_number = :name",
    "pack": (
        """SELECT manufacturer, lot_number, 'packed' FROM standing.pack
        WHERE gtin = split_part(:name, '/', 1) AND serial = split_part(:name, '/', 2)"""
    ),
}
# What lineage keeps as rows, asked anew each time.
EDGES = """
    SELECT from_manufacturer, from_number, from_step, manufacturer, lot_number, step FROM standing.lot_input
    UNION ALL SELECT plant, from_lot_number, 'filled', plant, lot_number, 'dried' FROM standing.lyophilisation_load
    UNION ALL SELECT plant, from_lot_number, 'bulk', plant, lot_number, 'filled' FROM standing.filling_load
    UNION ALL SELECT plant, from_lot_number, from_step, plant, lot_number, step FROM standing.viral_inactivation_load
    UNION ALL SELECT plant, from_lot_number, from_step, plant, lot_number, step FROM standing.virus_removal_load
"""
# Counts alone, and none of the certificate: it is the least that such an answer could be.
DOWN = """
SELECT count(DISTINCT (p.gtin, p.serial)) + count(DISTINCT a.patient_key) + count(DISTINCT s.to_party)
FROM (SELECT DISTINCT maker, number FROM below WHERE step = 'packed') AS lot
JOIN standing.pack AS p ON p.manufacturer = lot.maker AND p.lot_number = lot.number
LEFT JOIN standing.shipment AS s ON s.gtin = p.gtin AND s.serial = p.serial
LEFT JOIN standing.administration_vial AS v ON v.gtin = p.gtin AND v.serial = p.serial
LEFT JOIN standing.administration AS a ON a.site = v.site AND a.administration = v.administration
"""
UP = """
SELECT count(DISTINCT u.unit) + count(DISTINCT d.donor_key)
FROM (SELECT DISTINCT maker, number FROM above WHERE step = 'pool') AS pool
JOIN standing.pool_unit AS u ON u.plant = pool.maker AND u.pool_number = pool.number
LEFT JOIN standing.plasma_unit AS l ON l.unit = u.unit
LEFT JOIN standing.donation AS d ON d.donation_number = l.donation_number
"""


def recursive(verb: str, kind: str) -> str:
    """The statement for a question: what was made of the start;
    for a trace also what went into it.
    """
    asked = f"({DOWN})" if verb == "implicate" else f"({DOWN}) + ({UP})"
    return f"""
WITH RECURSIVE edge (from_maker, from_number, from_step, maker, number, step) AS ({EDGES}),
start (maker, number, step) AS ({START[kind]}),
below (maker, number, step) AS (
    SELECT maker, number, step FROM start
    UNION
    SELECT edge.maker, edge.number, edge.step
    FROM below
    JOIN edge ON edge.from_maker = below.maker AND edge.from_number = below.number AND edge.from_step = below.step
),
above (maker, number, step) AS (
    SELECT maker, number, step FROM start
    UNION
    SELECT edge.from_maker, edge.from_number, edge.from_step
    FROM above
    JOIN edge ON edge.maker = above.maker AND edge.number = above.number AND edge.step = above.step
)
SELECT {asked} AS found
"""
