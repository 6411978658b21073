-- L05.phases: phases follow each other and none comes back, unless a deviation names the run.
WITH run AS (
    SELECT plant, cycle, bool_or(phase < highest) AS back,
        string_agg(concat_ws('/', elapsed_s, phase), ' ' ORDER BY elapsed_s, phase) FILTER (WHERE phase < highest)
            AS rests_on,
        bool_or(phase = 4) AND bool_or(phase = 6) AS whole
    FROM (
        SELECT plant, cycle, elapsed_s, phase,
            max(phase) OVER (PARTITION BY plant, cycle ORDER BY elapsed_s) AS highest
        FROM fact_reading
    ) AS so_far
    GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN run.back AND NOT EXISTS (
            SELECT FROM standing.deviation AS d
            WHERE d.plant = f.plant AND d.batch = f.cycle AND NOT EXISTS (  -- a version that names another tells nothing
                SELECT FROM standing.deviation AS o
                WHERE o.plant = d.plant AND o.deviation = d.deviation AND o.batch IS DISTINCT FROM d.batch
            )
        ) THEN 'finding'
        WHEN run.whole IS NOT TRUE THEN 'pending'
        WHEN run.back THEN 'notice'
        ELSE 'pass'
    END AS outcome,
    run.rests_on
FROM fact_lyophilisation AS f
LEFT JOIN run USING (plant, cycle)
