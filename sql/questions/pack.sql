-- What became of a pack's vials, under this number or one that it had later: {donation_number, node, record, key}.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT split_part(:name, '/', 1), substr(:name, strpos(:name, '/') + 1)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM named
    JOIN standing.relabelling AS r ON r.gtin = named.gtin AND r.serial = named.serial
),
line (record, key, preparation, site) AS (
    SELECT 'dispensing', jsonb_build_array(pharmacy, dispensing), NULL, NULL
    FROM standing.dispensing JOIN named USING (gtin, serial)
    UNION
    SELECT 'reconstitution_vial', jsonb_build_array(site, preparation, item::text), preparation, site
    FROM standing.reconstitution_vial JOIN named USING (gtin, serial)
    UNION
    SELECT 'administration_vial', jsonb_build_array(site, administration, item::text), NULL, NULL
    FROM standing.administration_vial JOIN named USING (gtin, serial)
)
SELECT NULL AS donation_number, NULL::bigint AS node, record, key FROM line
UNION
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM line
JOIN standing.administration_vial AS v USING (site, preparation)
WHERE v.serial IS NULL
