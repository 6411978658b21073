-- U01: before it was pooled, the unit was not destroyed, given to other use, or held and not let go.
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.pooled_at IS NULL THEN 'pending'
        WHEN EXISTS (
            SELECT FROM standing.unit_event AS e
            WHERE e.unit = f.unit AND e.at < f.pooled_at AND e.kind IN ('destroyed', 'other_use')
        ) THEN 'finding'
        WHEN EXISTS (
            SELECT FROM standing.unit_event AS e
            WHERE e.unit = f.unit AND e.at < f.pooled_at AND e.kind = 'held' AND NOT EXISTS (
                SELECT FROM standing.unit_event AS later
                WHERE later.unit = e.unit AND later.kind = 'let_go' AND later.at > e.at AND later.at < f.pooled_at
            )
        ) THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_pool_unit AS f
