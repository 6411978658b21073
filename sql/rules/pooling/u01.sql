-- U01: before it was pooled, the unit was not destroyed, given to other use, or held and not let go. Of an event with
-- several versions each may have held the unit; it let it go where all of them do.
WITH let_go AS (
    SELECT e.unit, e.event, min(e.at) AS first_at, max(e.at) AS last_at
    FROM (SELECT DISTINCT unit FROM fact_pool_unit) AS f
    JOIN standing.unit_event AS e USING (unit)
    LEFT JOIN judged.contested AS c ON c.record = 'unit_event' AND c.key = jsonb_build_array(e.unit, e.event)
    GROUP BY e.unit, e.event
    HAVING count(*) FILTER (WHERE e.kind = 'let_go' AND e.at IS NOT NULL) = greatest(count(*), max(c.versions))
),
kept AS (
    SELECT
        f.plant, f.pool_number, f.unit, f.pooled_at,
        string_agg(DISTINCT encode(e.content, 'hex'), ' ' ORDER BY encode(e.content, 'hex')) AS rests_on
    FROM standing.unit_event AS e
    JOIN fact_pool_unit AS f USING (unit)
    WHERE e.at < f.pooled_at AND (
        e.kind IN ('destroyed', 'other_use')
        OR e.kind = 'held' AND NOT EXISTS (
            SELECT FROM let_go AS l
            WHERE l.unit = e.unit AND l.event <> e.event AND l.first_at > e.at AND l.last_at < f.pooled_at
        )
    )
    GROUP BY f.plant, f.pool_number, f.unit, f.pooled_at
)
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.pooled_at IS NULL THEN 'pending'
        WHEN kept.rests_on IS NOT NULL THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    kept.rests_on
FROM fact_pool_unit AS f
LEFT JOIN kept USING (plant, pool_number, unit, pooled_at)
