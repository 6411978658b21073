-- L02.probes: as many product probes have a temperature in primary and in secondary drying as the recipe asks for.
WITH drying AS (
    SELECT
        plant, cycle, bit_count((bit_or(probes) FILTER (WHERE phase = 4))::bit(8)) AS first,
        bit_count((bit_or(probes) FILTER (WHERE phase = 6))::bit(8)) AS last
    FROM fact_reading
    WHERE phase IN (4, 6)
    GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN f.has_recipe AND coalesce(f.probes, 0) = 0 THEN 'not_applicable'
        WHEN NOT f.has_recipe OR d.first IS NULL OR d.last IS NULL THEN 'pending'
        WHEN least(d.first, d.last) < f.probes THEN 'notice'
        ELSE 'pass'
    END AS outcome
FROM fact_lyophilisation AS f
LEFT JOIN drying AS d USING (plant, cycle)
