-- U01: before it was pooled, the unit was not destroyed, given to other use, or held and not let go. Of an event with
-- several versions each may have held the unit; it let it go where all of them do.
WITH before AS (
    SELECT f.plant, f.pool_number, f.unit, f.pooled_at, e.event, e.kind, e.at, e.content
    FROM fact_pool_unit AS f
    JOIN standing.unit_event AS e USING (unit)
    WHERE e.at < f.pooled_at
),
let_go AS (
    SELECT e.unit, e.event, min(e.at) AS first_at, max(e.at) AS last_at
    FROM (SELECT DISTINCT unit FROM before) AS b
    JOIN standing.unit_event AS e USING (unit)
    LEFT JOIN judged.contested AS c ON c.record = 'unit_event' AND c.key = jsonb_build_array(e.unit, e.event)
    GROUP BY e.unit, e.event
    HAVING count(*) FILTER (WHERE e.kind = 'let_go' AND e.at IS NOT NULL) = greatest(count(*), max(c.versions))
),
-- Apart, since an OR would look through all of them for each event.
kept AS (
    SELECT b.plant, b.pool_number, b.unit, b.pooled_at, b.content
    FROM before AS b
    WHERE b.kind IN ('destroyed', 'other_use')
    UNION ALL
    SELECT b.plant, b.pool_number, b.unit, b.pooled_at, b.content
    FROM before AS b
    WHERE b.kind = 'held' AND NOT EXISTS (
        SELECT FROM let_go AS l
        WHERE l.unit = b.unit AND l.event <> b.event AND l.first_at > b.at AND l.last_at < b.pooled_at
    )
),
why AS (
    SELECT
        plant, pool_number, unit, pooled_at,
        string_agg(DISTINCT encode(content, 'hex'), ' ' ORDER BY encode(content, 'hex')) AS rests_on
    FROM kept
    GROUP BY plant, pool_number, unit, pooled_at
)
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.pooled_at IS NULL THEN 'pending'
        WHEN why.rests_on IS NOT NULL THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    why.rests_on
FROM fact_pool_unit AS f
LEFT JOIN why USING (plant, pool_number, unit, pooled_at)
