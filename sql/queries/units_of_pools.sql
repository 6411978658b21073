-- For each pool its units, their donations and donors, and what is missing of them:
-- {node, units, units_unknown, donations, donations_unknown, donors}.
SELECT
    node.node,
    count(DISTINCT pool_unit.unit) AS units,
    count(DISTINCT pool_unit.unit) FILTER (WHERE plasma_unit.unit IS NULL) AS units_unknown,
    count(DISTINCT plasma_unit.donation_number) AS donations,
    -- A number that a unit names, and no record of it: it can be asked for, which a unit without
    -- one cannot.
    count(DISTINCT plasma_unit.donation_number) FILTER (WHERE donation.donation_number IS NULL) AS donations_unknown,
    count(DISTINCT donation.donor_key) AS donors
FROM lineage.node
JOIN standing.pool_unit ON pool_unit.plant = node.maker AND pool_unit.pool_number = node.number
LEFT JOIN standing.plasma_unit USING (unit)
LEFT JOIN standing.donation USING (donation_number)
WHERE node.node = ANY (:nodes) AND node.step = 'pool'
GROUP BY node.node
ORDER BY node.node
