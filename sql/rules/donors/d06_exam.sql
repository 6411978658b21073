-- D06.exam: the latest suitable physical examination of the person is at most exam_days before the donation. Of one with
-- several versions the oldest may be it; where one of them is no such examination, perhaps there is none.
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.exam_days IS NULL THEN 'not_applicable'
        WHEN f.day - coalesce(latest.sure_day, latest.perhaps_day) > f.exam_days THEN 'finding'
        WHEN f.person IS NULL OR latest.sure_day IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    coalesce(latest.sure_day, latest.perhaps_day)::text AS rests_on
FROM fact_donation AS f
LEFT JOIN LATERAL (
    SELECT max(exam.day) FILTER (WHERE exam.sure) AS sure_day, min(exam.day) AS perhaps_day
    FROM (
        SELECT min(e.examined_on) AS day, count(*) = max(e.versions) AS sure
        FROM fact_exam AS e
        WHERE e.person = f.person AND e.kind = 'physical' AND e.conclusion = 'suitable' AND e.examined_on <= f.day
        GROUP BY e.centre, e.exam
    ) AS exam
) AS latest ON true
