-- Lines of vials that name one of these packs, and what was given by nothing but a preparation with such a line:
-- {pack, record, key}.
WITH named (pack, gtin, serial) AS (
    SELECT pack, split_part(pack, '/', 1), substr(pack, strpos(pack, '/') + 1)
    FROM unnest(CAST(:packs AS text[])) AS asked (pack)
),
line (pack, record, key, site, preparation) AS (
    SELECT pack, 'dispensing', jsonb_build_array(pharmacy, dispensing), NULL, NULL
    FROM named JOIN standing.dispensing USING (gtin, serial)
    UNION
    SELECT pack, 'reconstitution_vial', jsonb_build_array(site, preparation, item::text), site, preparation
    FROM named JOIN standing.reconstitution_vial USING (gtin, serial)
    UNION
    SELECT pack, 'administration_vial', jsonb_build_array(site, administration, item::text), NULL, NULL
    FROM named JOIN standing.administration_vial USING (gtin, serial)
)
SELECT pack, record, key FROM line
UNION
SELECT line.pack, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM line
JOIN standing.administration_vial AS v USING (site, preparation)
WHERE v.serial IS NULL AND v.lot_number IS NULL
ORDER BY pack, record, key
