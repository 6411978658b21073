-- U01: before it was pooled, the unit was not destroyed, given to other use, or held and not let go.
WITH before AS (
    SELECT
        f.plant, f.pool_number, f.unit, f.pooled_at, bool_or(e.kind IN ('destroyed', 'other_use')) AS gone,
        max(e.at) FILTER (WHERE e.kind = 'held') AS held_at, max(e.at) FILTER (WHERE e.kind = 'let_go') AS let_go_at
    FROM standing.unit_event AS e
    JOIN fact_pool_unit AS f USING (unit)
    WHERE e.at < f.pooled_at
    GROUP BY f.plant, f.pool_number, f.unit, f.pooled_at
)
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.pooled_at IS NULL THEN 'pending'
        WHEN b.gone OR b.held_at >= coalesce(b.let_go_at, '-infinity') THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_pool_unit AS f
LEFT JOIN before AS b USING (plant, pool_number, unit, pooled_at)
