-- The units of these donations, and the node of the pool of each: {donation_number, unit, node}.
SELECT DISTINCT u.donation_number, u.unit, n.node
FROM standing.plasma_unit AS u
LEFT JOIN standing.pool_unit AS p USING (unit)
LEFT JOIN lineage.node AS n ON n.maker = p.plant AND n.number = p.pool_number AND n.step = 'pool'
WHERE u.donation_number = ANY (:donations)
ORDER BY u.donation_number, u.unit
