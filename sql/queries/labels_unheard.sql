-- Relabellings of these packs, or of what they became, to a label that nothing else names: {key}. Such a label may be
-- written wrong, and the pack then goes on under any other.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT split_part(pack, '/', 1), substr(pack, strpos(pack, '/') + 1)
    FROM unnest(CAST(:packs AS text[])) AS asked (pack)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM named
    JOIN standing.relabelling AS r ON r.gtin = named.gtin AND r.serial = named.serial
)
SELECT DISTINCT jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial) AS key
FROM named
JOIN standing.relabelling AS r USING (gtin, serial)
WHERE NOT EXISTS (
    SELECT FROM (
        SELECT p.gtin, p.serial FROM standing.pack AS p
        UNION ALL
        SELECT next.gtin, next.serial FROM standing.relabelling AS next
        UNION ALL
        SELECT d.gtin, d.serial FROM standing.dispensing AS d
        UNION ALL
        SELECT v.gtin, v.serial FROM standing.reconstitution_vial AS v
        UNION ALL
        SELECT v.gtin, v.serial FROM standing.administration_vial AS v
        UNION ALL
        SELECT s.gtin, s.serial FROM standing.shipment AS s
        UNION ALL
        SELECT c.gtin, c.serial FROM standing.package_content AS c
        UNION ALL
        SELECT c.gtin, c.serial FROM standing.stock_count AS c
        UNION ALL
        SELECT f.gtin, f.serial FROM standing.vial_fate AS f
    ) AS heard
    WHERE heard.gtin = r.new_gtin AND heard.serial = r.new_serial
)
ORDER BY key
