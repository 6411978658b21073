-- Rows that tell what came to a party, or was counted, ended or relabelled there, by any version; what was in the packages
-- of these, and these; the packs that these name, and what they were before: {record, key}.
WITH RECURSIVE sent (from_party, shipment, item) AS (
    SELECT from_party, shipment, item FROM standing.shipment WHERE to_party = :name
    UNION
    SELECT from_party, shipment, item FROM standing.delivery WHERE to_party = :name
),
came (record, key, gtin, serial, sscc) AS (
    SELECT 'shipment', jsonb_build_array(s.from_party, s.shipment, s.item::text), s.gtin, s.serial, s.sscc
    FROM sent
    JOIN standing.shipment AS s USING (from_party, shipment, item)
    UNION
    SELECT 'delivery', jsonb_build_array(d.from_party, d.shipment, d.item::text), NULL, NULL, NULL
    FROM sent
    JOIN standing.delivery AS d USING (from_party, shipment, item)
    UNION
    SELECT 'stock_count', jsonb_build_array(c.party, c.stocktake, c.item::text), c.gtin, c.serial, NULL
    FROM standing.stock_count AS c
    WHERE c.party = :name
    UNION
    SELECT 'vial_fate', jsonb_build_array(f.party, f.fate), f.gtin, f.serial, NULL
    FROM standing.vial_fate AS f
    WHERE f.party = :name
    UNION
    SELECT 'relabelling', jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial), label.gtin, label.serial, NULL
    FROM standing.relabelling AS r
    CROSS JOIN LATERAL (VALUES (r.gtin, r.serial), (r.new_gtin, r.new_serial)) AS label (gtin, serial)
    WHERE r.party = :name
),
box (sscc) AS (
    SELECT sscc FROM came WHERE sscc IS NOT NULL AND serial IS NULL
    UNION
    SELECT c.child_sscc
    FROM box
    JOIN standing.package_content AS c USING (sscc)
    WHERE c.child_sscc IS NOT NULL
),
inside (key, gtin, serial) AS (
    SELECT jsonb_build_array(c.sscc, c.item::text), c.gtin, c.serial
    FROM box
    JOIN standing.package_content AS c USING (sscc)
),
pack (gtin, serial) AS (
    SELECT gtin, serial FROM came WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM inside WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT r.gtin, r.serial
    FROM pack
    JOIN standing.relabelling AS r ON r.new_gtin = pack.gtin AND r.new_serial = pack.serial
)
SELECT record, key FROM came
UNION
SELECT 'package', jsonb_build_array(sscc) FROM box
UNION
SELECT 'package_content', key FROM inside
UNION
SELECT 'pack', jsonb_build_array(gtin, serial) FROM pack
UNION
SELECT 'relabelling', jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial)
FROM pack
JOIN standing.relabelling AS r ON r.new_gtin = pack.gtin AND r.new_serial = pack.serial
