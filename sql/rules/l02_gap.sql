-- L02.gap: in primary and secondary drying no two readings that follow each other are more than two intervals apart.
WITH gap AS (
    SELECT plant, cycle, max(elapsed_s - before_s) AS widest_s
    FROM (
        SELECT
            plant, cycle, phase, elapsed_s,
            lag(elapsed_s) OVER run AS before_s, lag(phase) OVER run AS before
        FROM fact_reading
        WINDOW run AS (PARTITION BY plant, cycle ORDER BY elapsed_s)
    ) AS pair
    WHERE phase IN (4, 6) AND before IN (4, 6)
    GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN f.has_recipe AND f.interval_s IS NULL THEN 'not_applicable'
        WHEN NOT f.has_recipe OR NOT EXISTS (
            SELECT FROM fact_reading AS r WHERE r.plant = f.plant AND r.cycle = f.cycle AND r.phase IN (4, 6)
        ) THEN 'pending'
        WHEN gap.widest_s > 2 * f.interval_s THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_lyophilisation AS f
LEFT JOIN gap USING (plant, cycle)
