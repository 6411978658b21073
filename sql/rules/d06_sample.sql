-- D06.sample: the latest four-month sample is at most sample_months old; a reviewed one at most sample_late_months.
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.sample_months IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL OR latest.day IS NULL THEN 'pending'
        WHEN f.day <= (latest.day + make_interval(months => f.sample_months))::date THEN 'pass'
        WHEN latest.reviewed AND f.day <= (latest.day + make_interval(months => f.sample_late_months))::date
            THEN 'notice'
        ELSE 'finding'
    END AS outcome
FROM fact_donation AS f
LEFT JOIN LATERAL (
    SELECT e.examined_on AS day, bool_and(e.reviewed_by IS NOT NULL) AS reviewed
    FROM fact_exam AS e
    WHERE e.person = f.person AND e.kind = 'four_month_sample' AND e.examined_on <= f.day
    GROUP BY e.examined_on
    ORDER BY e.examined_on DESC
    LIMIT 1
) AS latest ON true
