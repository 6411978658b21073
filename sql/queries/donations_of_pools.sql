-- Every unit of these pools with its donation: {node, unit, donation_number, known}.
SELECT DISTINCT
    node.node, pool_unit.unit, plasma_unit.donation_number, donation.donation_number IS NOT NULL AS known
FROM lineage.node
JOIN standing.pool_unit ON pool_unit.plant = node.maker AND pool_unit.pool_number = node.number
LEFT JOIN standing.plasma_unit USING (unit)
LEFT JOIN standing.donation USING (donation_number)
WHERE node.node = ANY (CAST(:nodes AS bigint[])) AND node.step = 'pool'
ORDER BY node.node, pool_unit.unit
