-- D10: the donor was qualified when the unit was pooled.
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.plasma_kind = 'recovered' THEN 'not_applicable'
        WHEN f.person IS NULL OR f.pooled_day IS NULL OR latest.as_of IS NULL THEN 'pending'
        WHEN latest.otherwise THEN 'finding'
        WHEN latest.unknown THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    latest.rests_on AS rests_on
FROM fact_pool_unit AS f
LEFT JOIN LATERAL (
    SELECT s.as_of, bool_or(s.status <> 'qualified') AS otherwise, bool_or(s.status IS NULL) AS unknown,
        string_agg(s.rests_on, ' ' ORDER BY s.rests_on) FILTER (WHERE s.status <> 'qualified') AS rests_on
    FROM fact_standing AS s
    WHERE s.person = f.person AND s.as_of <= f.pooled_day
    GROUP BY s.as_of
    ORDER BY s.as_of DESC
    LIMIT 1
) AS latest ON true
