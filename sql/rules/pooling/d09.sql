-- D09: a unit was held for hold_days before it was pooled.
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.has_scheme AND f.hold_days IS NULL THEN 'not_applicable'
        WHEN NOT f.has_scheme OR f.pooled_day IS NULL THEN 'pending'
        WHEN f.pooled_day - f.day < f.hold_days THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', f.pooled_day, f.day, f.hold_days) AS rests_on
FROM fact_pool_unit AS f
