-- Contested vial lines of which a version leads to no lot, though another may: {record, key}. What a version names and
-- does not reach is parked under that name.
CREATE TEMP TABLE fact_lotless ON COMMIT DROP AS
WITH line AS (
    SELECT c.record, c.key, d.gtin, d.serial, d.lot_number, NULL AS site, NULL AS preparation
    FROM judged.contested AS c
    JOIN standing.dispensing AS d ON d.pharmacy = c.key ->> 0 AND d.dispensing = c.key ->> 1
    WHERE c.record = 'dispensing'
    UNION ALL
    SELECT c.record, c.key, v.gtin, v.serial, v.lot_number, v.site, v.preparation
    FROM judged.contested AS c
    JOIN standing.administration_vial AS v
        ON v.site = c.key ->> 0 AND v.administration = c.key ->> 1 AND v.item = (c.key ->> 2)::integer
    WHERE c.record = 'administration_vial'
),
named AS (
    SELECT record, key, site, preparation, serial IS NULL AND lot_number IS NULL AS by_preparation,
        serial IS NOT NULL AND NOT EXISTS (
            SELECT FROM lineage.parked AS p
            WHERE p.record = line.record AND p.key = line.key AND p.link = 'pack'
                AND p.names = jsonb_build_array(line.gtin, line.serial)
        ) AS by_pack,
        lot_number IS NOT NULL AND NOT EXISTS (
            SELECT FROM lineage.parked AS p
            WHERE p.record = line.record AND p.key = line.key AND p.link = 'lot'
                AND p.names = jsonb_build_array(line.gtin, line.lot_number)
        ) AS by_lot
    FROM line
)
SELECT DISTINCT record, key
FROM named
WHERE NOT by_pack AND NOT by_lot AND NOT (by_preparation AND EXISTS (
    SELECT FROM standing.reconstitution_vial AS r
    JOIN lineage.vial
        ON vial.record = 'reconstitution_vial' AND vial.key = jsonb_build_array(r.site, r.preparation, r.item::text)
    WHERE r.site = named.site AND r.preparation = named.preparation
))
