-- P04.pool: the units' volumes together are the pool's, within 2 %.
WITH drawn AS (
    SELECT plant, pool_number, sum(least_ml) / 1000 AS least_l, sum(most_ml) / 1000 AS most_l,
        bool_and(least_ml IS NOT NULL) AS whole, bool_or(unknown) AS unknown
    FROM (
        SELECT p.plant, p.pool_number, p.unit, min(p.volume_ml) AS least_ml, max(p.volume_ml) AS most_ml,
            bool_or(p.volume_ml IS NULL) AS unknown
        FROM scope_pool
        JOIN standing.pool_unit AS p USING (plant, pool_number)
        GROUP BY p.plant, p.pool_number, p.unit
    ) AS draw
    GROUP BY plant, pool_number
)
SELECT
    p.plant, p.pool_number,
    CASE
        WHEN p.volume_l IS NULL OR d.most_l IS NULL THEN 'pending'
        -- Too much is too much, whatever the units hold of which nobody says; too little where each says so once.
        WHEN d.most_l - p.volume_l > p.volume_l * 0.02 OR d.whole AND p.volume_l - d.least_l > p.volume_l * 0.02
            THEN 'finding'
        WHEN d.unknown THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', d.least_l, d.most_l) AS rests_on
FROM scope_pool
JOIN standing.pool AS p USING (plant, pool_number)
LEFT JOIN drawn AS d USING (plant, pool_number)
