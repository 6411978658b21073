-- The units of these donations, and the node of the pool of each: {donation_number, unit, node}. All are looked up at once;
-- FULL JOIN never compares all with all, and nothing is on its right side alone. In no order, and what several rows tell as often.
WITH own AS MATERIALIZED (
    SELECT u.donation_number, u.unit
    FROM standing.plasma_unit AS u
    WHERE u.donation_number = ANY (CAST(:donations AS text[]))
),
pooled AS MATERIALIZED (
    SELECT p.unit, p.plant, p.pool_number
    FROM standing.pool_unit AS p
    WHERE p.unit = ANY (ARRAY(SELECT own.unit FROM own))
),
pool AS MATERIALIZED (
    SELECT n.node, n.maker AS plant, n.number AS pool_number
    FROM (SELECT DISTINCT pooled.plant, pooled.pool_number FROM pooled) AS named
    JOIN lineage.node AS n ON n.maker = named.plant AND n.number = named.pool_number AND n.step = 'pool'
)
SELECT own.donation_number, own.unit, pool.node
FROM own
FULL JOIN pooled USING (unit)
FULL JOIN pool USING (plant, pool_number)
