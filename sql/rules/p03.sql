-- P03: every marker asked for was looked for in the pool, and not found above its limit.
WITH pool AS (
    SELECT p.plant, p.pool_number, pl.jurisdiction, lineage.local_day(p.pooled_at, p.pooled_at_offset_min, pl.zone) AS day
    FROM scope_pool
    JOIN standing.pool AS p USING (plant, pool_number)
    LEFT JOIN lineage.place AS pl ON pl.party = p.plant
),
asked AS (
    SELECT pool.plant, pool.pool_number, pool.jurisdiction, pool.day, q.marker, min(q.limit_iu_ml) AS limit_iu_ml,
        max(q.term_days) AS term_days
    FROM pool
    LEFT JOIN reference.screening_requirement AS q
        ON q.jurisdiction = pool.jurisdiction AND q.level = 'pool' AND q.in_force @> pool.day
    GROUP BY pool.plant, pool.pool_number, pool.jurisdiction, pool.day, q.marker
),
version AS (
    SELECT a.plant, a.pool_number, a.jurisdiction, a.day, a.marker, a.term_days, r.sample, r.run, c.versions,
        CASE
            WHEN a.limit_iu_ml IS NOT NULL AND r.value IS NOT NULL AND r.value_unit = 'IU/mL'
                AND r.interpretation IS DISTINCT FROM 'invalid' THEN
                CASE WHEN r.value > a.limit_iu_ml OR r.operator = '>' AND r.value >= a.limit_iu_ml THEN 2 ELSE 1 END
            WHEN r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') THEN 2
            WHEN r.interpretation = 'nonreactive' THEN 1
            ELSE 0
        END AS rank
    FROM asked AS a
    LEFT JOIN standing.test_result AS r
        ON r.tested = 'pool' AND r.tested_id = a.pool_number AND r.marker = a.marker
    LEFT JOIN judged.contested AS c
        ON c.record = 'test_result' AND c.key = jsonb_build_array(r.sample, r.marker, r.run::text)
),
result AS (
    SELECT plant, pool_number, jurisdiction, day, marker, term_days, max(rank) AS worst,
        min(rank) >= 1 AND count(*) = coalesce(max(versions), 1) AS good
    FROM version
    GROUP BY plant, pool_number, jurisdiction, day, marker, term_days, sample, run
),
judged AS (
    SELECT plant, pool_number, jurisdiction, day, marker, term_days,
        CASE WHEN max(worst) = 2 THEN 2 WHEN bool_or(good) THEN 1 ELSE 0 END AS worst
    FROM result
    GROUP BY plant, pool_number, jurisdiction, day, marker, term_days
)
SELECT
    plant, pool_number,
    CASE
        WHEN bool_or(worst = 2) THEN 'finding'
        WHEN bool_or(marker IS NULL) OR bool_or(worst = 0) THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    day + max(term_days) FILTER (WHERE worst = 0) AS due_on
FROM judged
GROUP BY plant, pool_number, jurisdiction, day
