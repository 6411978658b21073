-- The packs that these vial lines name by any version, or what was prepared in the preparation by which alone one was given;
-- what these were before, and the rows that say so: {record, key}.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT told.gtin, told.serial
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
    CROSS JOIN LATERAL (
        SELECT d.gtin, d.serial FROM standing.dispensing AS d
        WHERE line.record = 'dispensing' AND d.pharmacy = line.key ->> 0 AND d.dispensing = line.key ->> 1
        UNION ALL
        SELECT v.gtin, v.serial FROM standing.reconstitution_vial AS v
        WHERE line.record = 'reconstitution_vial' AND v.site = line.key ->> 0 AND v.preparation = line.key ->> 1
            AND v.item::text = line.key ->> 2
        UNION ALL
        SELECT v.gtin, v.serial FROM standing.administration_vial AS v
        WHERE line.record = 'administration_vial' AND v.site = line.key ->> 0 AND v.administration = line.key ->> 1
            AND v.item::text = line.key ->> 2
        UNION ALL
        SELECT r.gtin, r.serial
        FROM standing.administration_vial AS v
        JOIN standing.reconstitution_vial AS r USING (site, preparation)
        WHERE line.record = 'administration_vial' AND v.site = line.key ->> 0 AND v.administration = line.key ->> 1
            AND v.item::text = line.key ->> 2 AND v.serial IS NULL AND v.lot_number IS NULL
        OFFSET 0
    ) AS told
    WHERE told.gtin IS NOT NULL AND told.serial IS NOT NULL
    UNION
    SELECT r.gtin, r.serial
    FROM named
    JOIN standing.relabelling AS r ON r.new_gtin = named.gtin AND r.new_serial = named.serial
)
SELECT 'pack' AS record, jsonb_build_array(gtin, serial) AS key FROM named
UNION
SELECT 'relabelling', jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial)
FROM named
JOIN standing.relabelling AS r ON r.new_gtin = named.gtin AND r.new_serial = named.serial
