-- D06.sample: the latest four-month sample is at most sample_months old; a reviewed one at most sample_late_months.
-- A term of more than 2,000 years is one of 2,000: no day is so far from another, and PostgreSQL's days have an end.
-- Of a sample with several versions the oldest may be the latest of all, unless another one is surely later.
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.sample_months IS NULL THEN 'not_applicable'
        WHEN f.day > (latest.unreviewed_day + make_interval(months => least(f.sample_months, 24000)))::date THEN 'finding'
        WHEN f.day > greatest(
            (latest.day + make_interval(months => least(f.sample_months, 24000)))::date,
            -- No month more where none is said: least() would take the other one.
            (latest.day + make_interval(months => least(coalesce(f.sample_late_months, 0), 24000)))::date
        ) THEN 'finding'
        WHEN f.person IS NULL OR sure.day IS NULL THEN 'pending'
        WHEN f.day > (latest.day + make_interval(months => least(f.sample_months, 24000)))::date THEN 'notice'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', latest.day, latest.unreviewed_day) AS rests_on
FROM fact_donation AS f
LEFT JOIN LATERAL (
    SELECT max(sample.day) AS day
    FROM (
        SELECT min(e.examined_on) AS day
        FROM fact_exam AS e
        WHERE e.person = f.person AND e.kind = 'four_month_sample' AND e.examined_on <= f.day
        GROUP BY e.centre, e.exam
        HAVING count(*) = max(e.versions)
    ) AS sample
) AS sure ON true
LEFT JOIN LATERAL (
    SELECT min(e.examined_on) AS day, min(e.examined_on) FILTER (WHERE e.reviewed_by IS NULL) AS unreviewed_day
    FROM fact_exam AS e
    WHERE e.person = f.person AND e.kind = 'four_month_sample' AND e.examined_on <= f.day
        AND e.examined_on >= coalesce(sure.day, e.examined_on)
) AS latest ON true
