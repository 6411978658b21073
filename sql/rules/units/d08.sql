-- D08: a unit was stored at or below the limit, but for one short episode, or was relabelled.
SELECT
    f.unit,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.limit_c IS NULL THEN 'not_applicable'
        WHEN f.storage_max_c IS NULL THEN 'pending'
        WHEN f.storage_max_c <= f.limit_c THEN 'pass'
        WHEN f.storage_max_c <= f.thaw_max_c AND f.above_limit_h <= f.thaw_h THEN 'notice'
        WHEN EXISTS (  -- by every version of that event
            SELECT FROM standing.unit_event AS e
            WHERE e.unit = f.unit
            GROUP BY e.event
            HAVING bool_and(e.kind IS NOT DISTINCT FROM 'relabelled')
        ) THEN 'notice'
        ELSE 'finding'
    END AS outcome,
    concat_ws(' ', f.limit_c, f.thaw_max_c, f.thaw_h) AS rests_on
FROM fact_unit AS f
