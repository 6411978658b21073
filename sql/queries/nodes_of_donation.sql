-- The pools that a donation's units went into: {node, unit}.
SELECT DISTINCT node.node, pool_unit.unit
FROM standing.plasma_unit
JOIN standing.pool_unit USING (unit)
JOIN lineage.node ON node.maker = pool_unit.plant AND node.number = pool_unit.pool_number AND node.step = 'pool'
WHERE plasma_unit.donation_number = :donation
