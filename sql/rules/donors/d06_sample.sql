-- D06.sample: the latest four-month sample is at most sample_months old; a reviewed one at most sample_late_months.
-- A term of more than 2,000 years is one of 2,000: no day is so far from another, and PostgreSQL's days have an end.
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.sample_months IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL OR latest.day IS NULL THEN 'pending'
        WHEN f.day <= (latest.day + make_interval(months => least(f.sample_months, 24000)))::date THEN 'pass'
        WHEN latest.reviewed AND f.sample_late_months IS NOT NULL
            AND f.day <= (latest.day + make_interval(months => least(f.sample_late_months, 24000)))::date
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
