-- P04.taken: lots took no more from a pool than it holds, within 2 %.
WITH taken AS (
    SELECT plant, pool_number, sum(volume_l) AS volume_l, bool_or(unknown) AS unknown
    FROM (
        SELECT s.plant, s.pool_number, i.manufacturer, i.lot_number, i.step,
            max(i.amount) FILTER (WHERE i.amount_unit = 'L') AS volume_l,
            bool_or(i.amount IS NULL OR i.amount_unit IS DISTINCT FROM 'L') AS unknown
        FROM scope_pool AS s
        JOIN standing.lot_input AS i
            ON i.from_step = 'pool' AND i.from_manufacturer = s.plant AND i.from_number = s.pool_number
        GROUP BY s.plant, s.pool_number, i.manufacturer, i.lot_number, i.step
    ) AS input
    GROUP BY plant, pool_number
)
SELECT
    p.plant, p.pool_number,
    CASE
        WHEN t.plant IS NULL THEN 'not_applicable'
        WHEN t.volume_l - p.volume_l > p.volume_l * 0.02 THEN 'finding'
        WHEN p.volume_l IS NULL OR t.unknown THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    t.volume_l::text AS rests_on
FROM scope_pool
JOIN standing.pool AS p USING (plant, pool_number)
LEFT JOIN taken AS t USING (plant, pool_number)
