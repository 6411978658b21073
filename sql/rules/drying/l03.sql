-- L03: in the last end_min minutes of primary drying Pirani and CM agree within end_ratio.
WITH finish AS (
    SELECT plant, cycle, max(elapsed_s) AS at_s FROM fact_reading WHERE phase = 4 GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN NOT f.has_recipe THEN 'pending'
        WHEN f.pirani = 'no' THEN 'not_applicable'
        WHEN apart.readings IS NOT NULL THEN 'finding'
        WHEN finish.at_s IS NULL OR f.pirani IS NULL OR f.end_ratio IS NULL OR f.end_min IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    apart.readings AS rests_on
FROM fact_lyophilisation AS f
LEFT JOIN finish USING (plant, cycle)
CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT r.elapsed_s::text, ' ' ORDER BY r.elapsed_s::text) AS readings
    FROM fact_reading AS r
    WHERE r.plant = f.plant AND r.cycle = f.cycle AND r.phase = 4
        AND r.elapsed_s >= finish.at_s - f.end_min * 60::bigint
        AND (r.pirani_mtorr IS NULL OR coalesce(r.cm_mtorr, 0) = 0 OR r.pirani_mtorr > f.end_ratio * r.cm_mtorr)
) AS apart
