-- The packed lots of a pack's standing versions, and of the packs that it was relabelled from: {node}.
WITH RECURSIVE named (gtin, serial) AS (
    VALUES (CAST(:gtin AS text), CAST(:serial AS text))
    UNION
    SELECT r.gtin, r.serial FROM named
    JOIN standing.relabelling AS r ON r.new_gtin = named.gtin AND r.new_serial = named.serial
)
SELECT DISTINCT node.node
FROM named
JOIN standing.pack ON pack.gtin = named.gtin AND pack.serial = named.serial
JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
