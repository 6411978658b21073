-- C03: courses of MS begin 21 to 28 days apart.
SELECT
    c.site, c.patient_key, c.course,
    CASE
        WHEN c.course = 1 THEN 'not_applicable'
        WHEN c.first_day IS NULL OR before.first_day IS NULL THEN 'pending'
        WHEN c.first_day - before.first_day BETWEEN 21 AND 28 THEN 'pass'
        ELSE 'notice'
    END AS outcome
FROM scope_course
JOIN fact_course AS c USING (site, patient_key, course)
LEFT JOIN fact_course AS before
    ON before.site = c.site AND before.patient_key = c.patient_key AND before.course = c.course - 1
