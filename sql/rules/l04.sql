-- L04: in primary drying every product probe stays margin_c below the temperature of collapse.
WITH primary_drying AS (
    SELECT plant, cycle, max(warmest_c) AS warmest_c FROM fact_reading WHERE phase = 4 GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN NOT f.has_recipe THEN 'pending'
        WHEN f.collapse_c IS NULL OR f.margin_c IS NULL OR f.probes = 0 THEN 'not_applicable'
        WHEN p.warmest_c IS NULL THEN 'pending'
        WHEN p.warmest_c > f.collapse_c - f.margin_c THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_lyophilisation AS f
LEFT JOIN primary_drying AS p USING (plant, cycle)
