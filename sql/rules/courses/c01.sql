-- C01: a course of MS lasts two days.
SELECT
    c.site, c.patient_key, c.course,
    CASE WHEN c.days > 2 THEN 'notice' WHEN c.days = 2 THEN 'pass' ELSE 'pending' END AS outcome
FROM scope_course
JOIN fact_course AS c USING (site, patient_key, course)
