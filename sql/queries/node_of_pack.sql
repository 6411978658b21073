-- The packed lots of a pack's standing versions: {node}.
SELECT DISTINCT node.node
FROM standing.pack
JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
WHERE pack.gtin = :gtin AND pack.serial = :serial
