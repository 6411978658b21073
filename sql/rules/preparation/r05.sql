-- R05: an infusion starts within the hours that its product keeps after reconstitution, and not before.
WITH judged AS (
    SELECT
        i.site, i.administration, i.not_given, i.started_at, l.item, r.preparation IS NOT NULL AND l.has_product AS known,
        r.completed_at, l.has_product,
        CASE WHEN r.place = 'laminar_flow' AND r.stored_c BETWEEN 2 AND 8 THEN coalesce(l.laminar_h, l.bench_h)
            ELSE l.bench_h END AS limit_h
    FROM fact_infusion AS i
    JOIN scope_administration USING (site, administration)
    LEFT JOIN (
        SELECT site, administration, day, item, preparation, has_product, bench_h, laminar_h FROM fact_line WHERE preparation IS NOT NULL
    ) AS l USING (site, administration, day)
    LEFT JOIN standing.reconstitution AS r ON r.site = i.site AND r.preparation = l.preparation
)
SELECT
    site, administration,
    CASE
        WHEN not_given OR known AND limit_h IS NULL THEN 'not_applicable'
        WHEN started_at < completed_at OR started_at - completed_at > limit_h * interval '1 hour' THEN 'finding'
        WHEN started_at IS NULL OR completed_at IS NULL OR has_product IS NOT TRUE THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', item, completed_at, limit_h) AS rests_on
FROM judged
UNION ALL
SELECT site, administration, 'pending', '' FROM fact_unprepared
