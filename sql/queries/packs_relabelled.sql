-- Packs that were relabelled, and what such became, with the packed lot of each, where its record tells one that is known:
-- {gtin, serial, node}.
SELECT DISTINCT p.gtin, p.serial, n.node
FROM standing.relabelling AS r
CROSS JOIN LATERAL (VALUES (r.gtin, r.serial), (r.new_gtin, r.new_serial)) AS one (gtin, serial)
JOIN standing.pack AS p ON p.gtin = one.gtin AND p.serial = one.serial
JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number AND n.step = 'packed'
ORDER BY n.node, p.gtin, p.serial
