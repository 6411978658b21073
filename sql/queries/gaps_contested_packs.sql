-- Contested keys of which a version tells, or could tell, of packs of these lots, or of one of these packs alone, where
-- any are asked about: {record, key}. A pack is also what it was relabelled from or to; a package is what is in it.
WITH RECURSIVE c (record, key, item) AS MATERIALIZED (
    SELECT record, key, CASE record
        WHEN 'package_content' THEN CAST(key ->> 1 AS integer)
        WHEN 'pack' THEN NULL WHEN 'relabelling' THEN NULL WHEN 'vial_fate' THEN NULL WHEN 'dispensing' THEN NULL
        ELSE CAST(key ->> 2 AS integer) END
    FROM judged.contested_shown AS contested
    WHERE record IN (
        'pack', 'relabelling', 'package_content', 'shipment', 'delivery', 'stock_count', 'vial_fate', 'dispensing',
        'reconstitution_vial', 'administration_vial'
    )
),
told (record, key, gtin, serial, lot_number, sscc) AS MATERIALIZED (
    SELECT c.record, c.key, v.gtin, v.serial, v.lot_number, v.sscc
    FROM c
    CROSS JOIN LATERAL (  -- looked up by the key, here and below: a few of many
        SELECT p.gtin, p.serial, NULL AS lot_number, NULL AS sscc FROM standing.pack AS p
        WHERE c.record = 'pack' AND p.gtin = c.key ->> 0 AND p.serial = c.key ->> 1
        UNION ALL
        SELECT v.gtin, v.serial, NULL, NULL
        FROM (VALUES (c.key ->> 0, c.key ->> 1), (c.key ->> 2, c.key ->> 3)) AS v (gtin, serial)
        -- Both names are in its key, so no version can differ in them.
        WHERE c.record = 'relabelling'
        UNION ALL
        SELECT p.gtin, p.serial, p.lot_number, p.child_sscc FROM standing.package_content AS p
        WHERE c.record = 'package_content' AND p.sscc = c.key ->> 0 AND p.item = c.item
        UNION ALL
        SELECT s.gtin, s.serial, s.lot_number, s.sscc FROM standing.shipment AS s
        WHERE c.record IN ('shipment', 'delivery')
            AND s.from_party = c.key ->> 0 AND s.shipment = c.key ->> 1 AND s.item = c.item
        UNION ALL
        SELECT NULL, NULL, NULL, NULL  -- nobody knows what was delivered
        WHERE c.record = 'delivery' AND NOT EXISTS (
            SELECT FROM standing.shipment AS s
            WHERE s.from_party = c.key ->> 0 AND s.shipment = c.key ->> 1 AND s.item = c.item
        )
        UNION ALL
        SELECT s.gtin, s.serial, s.lot_number, NULL FROM standing.stock_count AS s
        WHERE c.record = 'stock_count'
            AND s.party = c.key ->> 0 AND s.stocktake = c.key ->> 1 AND s.item = c.item
        UNION ALL
        SELECT f.gtin, f.serial, f.lot_number, NULL FROM standing.vial_fate AS f
        WHERE c.record = 'vial_fate' AND f.party = c.key ->> 0 AND f.fate = c.key ->> 1
        UNION ALL
        SELECT d.gtin, d.serial, d.lot_number, NULL FROM standing.dispensing AS d
        WHERE c.record = 'dispensing' AND d.pharmacy = c.key ->> 0 AND d.dispensing = c.key ->> 1
        UNION ALL
        SELECT v.gtin, v.serial, v.lot_number, NULL FROM standing.reconstitution_vial AS v
        WHERE c.record = 'reconstitution_vial'
            AND v.site = c.key ->> 0 AND v.preparation = c.key ->> 1 AND v.item = c.item
        UNION ALL
        SELECT v.gtin, v.serial, v.lot_number, NULL FROM standing.administration_vial AS v
        WHERE c.record = 'administration_vial'
            AND v.site = c.key ->> 0 AND v.administration = c.key ->> 1 AND v.item = c.item
            AND (coalesce(v.serial, v.lot_number) IS NOT NULL OR v.preparation IS NULL OR EXISTS (
                SELECT FROM lineage.parked_shown AS waits  -- one of a known preparation is linked by it
                WHERE waits.record = c.record AND waits.key = c.key AND waits.link = 'preparation'
            ))
        OFFSET 0
    ) AS v
),
box (own, sscc) AS (
    SELECT DISTINCT sscc, sscc FROM told WHERE sscc IS NOT NULL
    UNION
    SELECT box.own, c.child_sscc
    FROM box
    CROSS JOIN LATERAL (
        SELECT child_sscc FROM standing.package_content WHERE sscc = box.sscc AND child_sscc IS NOT NULL
        OFFSET 0
    ) AS c
),
inside AS MATERIALIZED (
    SELECT DISTINCT box.own, c.gtin, c.serial, c.lot_number
    FROM box
    CROSS JOIN LATERAL (
        SELECT gtin, serial, lot_number FROM standing.package_content
        WHERE sscc = box.sscc AND coalesce(serial, lot_number) IS NOT NULL
        OFFSET 0
    ) AS c
),
named (gtin, serial) AS (
    SELECT gtin, serial FROM told WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM inside WHERE gtin IS NOT NULL AND serial IS NOT NULL
),
pack (gtin, serial, ours) AS MATERIALIZED (  -- of each pack that is known, or asked about: whether it is one of these
    SELECT named.gtin, named.serial, its.ours
    FROM named
    CROSS JOIN LATERAL (
        -- Both ways: a contest about any name of a pack may say where the pack is.
        WITH RECURSIVE family (gtin, serial) AS (
            SELECT named.gtin, named.serial
            UNION
            SELECT other.gtin, other.serial
            FROM family
            CROSS JOIN LATERAL (
                SELECT r.gtin, r.serial FROM standing.relabelling AS r
                WHERE r.new_gtin = family.gtin AND r.new_serial = family.serial
                UNION ALL
                SELECT r.new_gtin, r.new_serial FROM standing.relabelling AS r
                WHERE r.gtin = family.gtin AND r.serial = family.serial
                OFFSET 0
            ) AS other
        )
        SELECT bool_or(
            CASE WHEN cardinality(CAST(:packs AS text[])) > 0 THEN family.gtin || '/' || family.serial = ANY (:packs)
                ELSE coalesce(n.node = ANY (CAST(:nodes AS bigint[])), false) END
        ) AS ours,
        bool_or(n.node IS NOT NULL) AS known
        FROM family
        LEFT JOIN LATERAL (
            SELECT p.manufacturer, p.lot_number FROM standing.pack AS p
            WHERE p.gtin = family.gtin AND p.serial = family.serial
            OFFSET 0
        ) AS of_lot ON true
        LEFT JOIN lineage.node AS n
            ON n.maker = of_lot.manufacturer AND n.number = of_lot.lot_number AND n.step = 'packed'
    ) AS its
    WHERE its.known OR its.ours
),
one (record, key, known, ours, lot_number, sscc) AS (  -- what is told, and what is in what is told
    SELECT told.record, told.key, pack.serial IS NOT NULL, coalesce(pack.ours, false), told.lot_number, told.sscc
    FROM told
    LEFT JOIN pack USING (gtin, serial)
    UNION ALL
    SELECT told.record, told.key, pack.serial IS NOT NULL, coalesce(pack.ours, false), inside.lot_number, NULL
    FROM told
    JOIN inside ON inside.own = told.sscc
    LEFT JOIN pack ON pack.gtin = inside.gtin AND pack.serial = inside.serial
)
SELECT record, key
FROM one
WHERE ours
    OR lot_number = ANY (CAST(:numbers AS text[])) AND NOT (known AND cardinality(CAST(:packs AS text[])) > 0)
    -- What names nothing that is known may be of any pack.
    OR NOT known AND lot_number IS NULL AND (sscc IS NULL OR NOT EXISTS (SELECT FROM inside WHERE own = sscc))
GROUP BY record, key
ORDER BY record, key
