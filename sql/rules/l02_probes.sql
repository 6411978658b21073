-- L02.probes: as many product probes read in primary drying as the recipe asks for.
WITH primary_drying AS (
    SELECT plant, cycle, bit_count(bit_or(probes)::bit(8)) AS probes FROM fact_reading WHERE phase = 4 GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN f.has_recipe AND f.probes IS NULL THEN 'not_applicable'
        WHEN NOT f.has_recipe OR p.probes IS NULL THEN 'pending'
        WHEN p.probes < f.probes THEN 'notice'
        ELSE 'pass'
    END AS outcome
FROM fact_lyophilisation AS f
LEFT JOIN primary_drying AS p USING (plant, cycle)
