-- Lines of vials that name a pack from which one of these, or one of some others, was relabelled, or one of some labels, or
-- what that was relabelled from, and reach none of these lots: {record, key}. Of these packs themselves other statements ask.
WITH RECURSIVE earlier (gtin, serial) AS (
    SELECT split_part(label, '/', 1), substr(label, strpos(label, '/') + 1) FROM unnest(CAST(:labels AS text[])) AS one (label)
    UNION
    SELECT r.gtin, r.serial
    FROM unnest(CAST(:packs AS text[]) || CAST(:others AS text[])) AS asked (pack)
    JOIN standing.relabelling AS r
        ON r.new_gtin = split_part(pack, '/', 1) AND r.new_serial = substr(pack, strpos(pack, '/') + 1)
    UNION
    SELECT r.gtin, r.serial
    FROM earlier
    JOIN standing.relabelling AS r ON r.new_gtin = earlier.gtin AND r.new_serial = earlier.serial
),
named (gtin, serial) AS (
    SELECT gtin, serial FROM earlier WHERE concat(gtin, '/', serial) <> ALL (CAST(:packs AS text[]))
),
line (record, key) AS (
    SELECT 'dispensing', jsonb_build_array(pharmacy, dispensing)
    FROM standing.dispensing JOIN named USING (gtin, serial)
    UNION
    SELECT 'reconstitution_vial', jsonb_build_array(site, preparation, item::text)
    FROM standing.reconstitution_vial JOIN named USING (gtin, serial)
    UNION
    SELECT 'administration_vial', jsonb_build_array(site, administration, item::text)
    FROM standing.administration_vial JOIN named USING (gtin, serial)
)
SELECT line.record, line.key
FROM line
WHERE NOT EXISTS (
    SELECT FROM lineage.vial AS v
    WHERE v.record = line.record AND v.key = line.key AND v.lot = ANY (CAST(:nodes AS bigint[]))
)
ORDER BY line.record, line.key
