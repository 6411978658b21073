-- P04.pool: the units' volumes together are the pool's, within 2 %.
WITH drawn AS (
    SELECT p.plant, p.pool_number, sum(p.volume_ml) / 1000 AS volume_l, bool_or(p.volume_ml IS NULL) AS unknown
    FROM scope_pool
    JOIN standing.pool_unit AS p USING (plant, pool_number)
    GROUP BY p.plant, p.pool_number
)
SELECT
    p.plant, p.pool_number,
    CASE
        WHEN p.volume_l IS NULL OR d.volume_l IS NULL OR d.unknown THEN 'pending'
        WHEN abs(d.volume_l - p.volume_l) > p.volume_l * 0.02 THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM scope_pool
JOIN standing.pool AS p USING (plant, pool_number)
LEFT JOIN drawn AS d USING (plant, pool_number)
