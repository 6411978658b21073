-- Lines of vials that name one of these packs, or what it became, and reach none of these lots: {record, key, link}; and what
-- was given by nothing but a preparation with such a line.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT split_part(pack, '/', 1), substr(pack, strpos(pack, '/') + 1) FROM unnest(CAST(:packs AS text[])) AS asked (pack)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM named
    JOIN standing.relabelling AS r ON r.gtin = named.gtin AND r.serial = named.serial
),
line (record, key, site, preparation) AS (
    SELECT 'dispensing', jsonb_build_array(pharmacy, dispensing), NULL, NULL
    FROM standing.dispensing JOIN named USING (gtin, serial)
    UNION
    SELECT 'reconstitution_vial', jsonb_build_array(site, preparation, item::text), site, preparation
    FROM standing.reconstitution_vial JOIN named USING (gtin, serial)
    UNION
    SELECT 'administration_vial', jsonb_build_array(site, administration, item::text), NULL, NULL
    FROM standing.administration_vial JOIN named USING (gtin, serial)
),
every AS (
    SELECT record, key FROM line
    UNION
    SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
    FROM line
    JOIN standing.administration_vial AS v USING (site, preparation)
    WHERE v.serial IS NULL AND v.lot_number IS NULL
)
SELECT every.record, every.key, 'pack' AS link
FROM every
WHERE NOT EXISTS (
    SELECT FROM lineage.vial AS v
    WHERE v.record = every.record AND v.key = every.key AND v.lot = ANY (CAST(:nodes AS bigint[]))
)
ORDER BY every.record, every.key
