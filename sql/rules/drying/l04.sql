-- L04: in primary drying every product probe stays margin_c below the temperature of collapse, and one is always read.
WITH second AS (
    SELECT plant, cycle, elapsed_s, max(warmest_c) AS warmest_c, bool_and(probes <> 0) AS watched
    FROM fact_reading
    WHERE phase = 4
    GROUP BY plant, cycle, elapsed_s
), edged AS (
    SELECT
        plant, cycle, elapsed_s, warmest_c, watched,
        watched OR lag(elapsed_s) OVER run IS NULL OR lead(elapsed_s) OVER run IS NULL AS marks
    FROM second
    WINDOW run AS (PARTITION BY plant, cycle ORDER BY elapsed_s)
), apart AS (
    SELECT
        plant, cycle, warmest_c, watched,
        elapsed_s - max(elapsed_s) FILTER (WHERE marks) OVER (
            PARTITION BY plant, cycle ORDER BY elapsed_s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS unwatched_s
    FROM edged
), primary_drying AS (
    SELECT
        plant, cycle, max(warmest_c) AS warmest_c, bool_or(watched) AS watched, max(unwatched_s) AS unwatched_s
    FROM apart
    GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN NOT f.has_recipe THEN 'pending'
        WHEN f.collapse_c IS NULL OR f.margin_c IS NULL OR f.probes = 0 THEN 'not_applicable'
        WHEN p.warmest_c > f.collapse_c - f.margin_c THEN 'finding'
        WHEN p.watched IS NOT TRUE OR p.unwatched_s > 2 * f.interval_s THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', p.warmest_c, f.collapse_c, f.margin_c) AS rests_on
FROM fact_lyophilisation AS f
LEFT JOIN primary_drying AS p USING (plant, cycle)
