-- A pack worth showing: {gtin, serial}: given to patients, of a lot made from pools that are known.
SELECT vial.gtin, vial.serial
FROM lineage.vial
JOIN lineage.closure ON closure.descendant = vial.lot
JOIN lineage.node ON node.node = closure.ancestor AND node.step = 'pool'
JOIN standing.pool ON pool.plant = node.maker AND pool.pool_number = node.number
WHERE vial.state = 'given' AND vial.basis = 'pack'
GROUP BY vial.gtin, vial.serial
ORDER BY count(DISTINCT vial.key) DESC, count(DISTINCT closure.ancestor), vial.gtin, vial.serial
LIMIT 1
