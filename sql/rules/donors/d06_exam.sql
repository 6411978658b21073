-- D06.exam: the latest suitable physical examination of the person is at most exam_days before the donation.
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.exam_days IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL OR latest.day IS NULL THEN 'pending'
        WHEN f.day - latest.day > f.exam_days THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_donation AS f
LEFT JOIN LATERAL (
    SELECT max(e.examined_on) AS day
    FROM fact_exam AS e
    WHERE e.person = f.person AND e.kind = 'physical' AND e.conclusion = 'suitable' AND e.examined_on <= f.day
) AS latest ON true
