-- What these packs became, where its record tells no lot, or one that is none of these packed lots; and the relabelling to
-- it where no record of it came: {record, key, link, no_lot}.
WITH RECURSIVE lot AS (
    SELECT maker, number FROM lineage.node WHERE node = ANY (CAST(:nodes AS bigint[])) AND step = 'packed'
),
later (old_gtin, old_serial, gtin, serial) AS (
    SELECT r.gtin, r.serial, r.new_gtin, r.new_serial
    FROM unnest(CAST(:packs AS text[])) AS asked (pack)
    JOIN standing.relabelling AS r
        ON r.gtin = split_part(pack, '/', 1) AND r.serial = substr(pack, strpos(pack, '/') + 1)
    UNION
    SELECT r.gtin, r.serial, r.new_gtin, r.new_serial
    FROM later
    JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
)
SELECT 'pack' AS record, jsonb_build_array(p.gtin, p.serial) AS key, 'lot' AS link,
    bool_or(p.manufacturer IS NULL OR p.lot_number IS NULL) AS no_lot
FROM (SELECT DISTINCT gtin, serial FROM later) AS one
JOIN standing.pack AS p USING (gtin, serial)
WHERE ((p.manufacturer, p.lot_number) IN (SELECT maker, number FROM lot)) IS NOT TRUE  -- by a hash
GROUP BY p.gtin, p.serial
UNION ALL
SELECT 'relabelling', jsonb_build_array(old_gtin, old_serial, later.gtin, later.serial), 'new_pack', FALSE
FROM later
LEFT JOIN standing.pack AS p ON p.gtin = later.gtin AND p.serial = later.serial
WHERE p.serial IS NULL
ORDER BY record, key
