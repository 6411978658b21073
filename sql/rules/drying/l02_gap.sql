-- L02.gap: in primary and secondary drying no two readings that follow each other are more than two intervals apart;
-- where the recipe asks for probes, neither are two that have a product temperature.
WITH second AS (
    SELECT
        plant, cycle, elapsed_s, bool_or(phase IN (4, 6)) AS drying, bool_or(phase = 4) AS first,
        bool_or(phase = 6) AS last,
        bool_and(probes <> 0) FILTER (WHERE phase IN (4, 6)) AS watched
    FROM fact_reading
    GROUP BY plant, cycle, elapsed_s
), stretched AS (
    SELECT
        plant, cycle, elapsed_s, drying, watched,
        count(*) FILTER (WHERE NOT drying) OVER (PARTITION BY plant, cycle ORDER BY elapsed_s) AS stretch
    FROM second
), edged AS (
    SELECT
        plant, cycle, elapsed_s, stretch, lag(elapsed_s) OVER run AS before_s,
        watched OR lag(elapsed_s) OVER run IS NULL OR lead(elapsed_s) OVER run IS NULL AS marks
    FROM stretched
    WHERE drying
    WINDOW run AS (PARTITION BY plant, cycle, stretch ORDER BY elapsed_s)
), apart AS (
    SELECT
        plant, cycle, elapsed_s - before_s AS lines_s,
        elapsed_s - max(elapsed_s) FILTER (WHERE marks) OVER (
            PARTITION BY plant, cycle, stretch ORDER BY elapsed_s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS watched_s
    FROM edged
), gap AS (
    SELECT plant, cycle, max(lines_s) AS lines_s, max(watched_s) AS watched_s FROM apart GROUP BY plant, cycle
), phases AS (
    SELECT plant, cycle, bool_or(first) AND bool_or(last) AS whole FROM second GROUP BY plant, cycle
)
SELECT
    f.plant, f.cycle,
    CASE
        WHEN f.has_recipe AND f.interval_s IS NULL THEN 'not_applicable'
        WHEN f.has_recipe AND gap.lines_s > 2 * f.interval_s THEN 'finding'
        WHEN f.has_recipe AND f.probes > 0 AND gap.watched_s > 2 * f.interval_s THEN 'finding'
        WHEN NOT f.has_recipe OR phases.whole IS NOT TRUE THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', gap.lines_s, gap.watched_s, f.interval_s) AS rests_on
FROM fact_lyophilisation AS f
LEFT JOIN gap USING (plant, cycle)
LEFT JOIN phases USING (plant, cycle)
