-- The donors of each pool above a packed lot in scope; an empty person stands for a unit whose donor is not known.
CREATE TEMP TABLE fact_pool_donor ON COMMIT DROP AS
WITH pool AS (
    SELECT DISTINCT n.node, n.maker, n.number
    FROM (SELECT DISTINCT node FROM fact_lot) AS l
    JOIN lineage.closure AS c ON c.descendant = l.node
    JOIN lineage.node AS n ON n.node = c.ancestor AND n.step = 'pool'
)
SELECT DISTINCT pool.node, coalesce(p.person, d.donor_key) AS person
FROM pool
JOIN standing.pool_unit AS pu ON pu.plant = pool.maker AND pu.pool_number = pool.number
LEFT JOIN standing.plasma_unit AS u USING (unit)
LEFT JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
