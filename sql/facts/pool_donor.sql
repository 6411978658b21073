-- The donors of each pool above a packed lot in scope; an empty person stands for a unit whose donor is not known. Of a
-- unit that may be of several, its number stands beside each of them; of all others none does, and they are one row.
CREATE TEMP TABLE fact_pool_donor ON COMMIT DROP AS
WITH pool AS (
    SELECT DISTINCT n.node, n.maker, n.number
    FROM (SELECT DISTINCT node FROM fact_lot) AS l
    JOIN lineage.closure AS c ON c.descendant = l.node
    JOIN lineage.node AS n ON n.node = c.ancestor AND n.step = 'pool'
),
contested AS (  -- few
    SELECT c.key ->> 0 AS unit FROM judged.contested AS c WHERE c.record = 'plasma_unit'
    UNION
    SELECT u.unit
    FROM judged.contested AS c
    JOIN standing.plasma_unit AS u ON u.donation_number = c.key ->> 0
    WHERE c.record = 'donation'
),
several AS (
    SELECT contested.unit
    FROM contested
    JOIN standing.plasma_unit AS u USING (unit)
    LEFT JOIN standing.donation AS d USING (donation_number)
    LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
    GROUP BY contested.unit
    HAVING count(DISTINCT coalesce(p.person, d.donor_key)) + bool_or(d.donor_key IS NULL)::integer > 1
)
SELECT DISTINCT pool.node, several.unit, coalesce(p.person, d.donor_key) AS person
FROM pool
JOIN standing.pool_unit AS pu ON pu.plant = pool.maker AND pu.pool_number = pool.number
LEFT JOIN several USING (unit)
LEFT JOIN standing.plasma_unit AS u USING (unit)
LEFT JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
