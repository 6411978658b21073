-- C04: a treatment of MS is reviewed in time.
SELECT
    c.site, c.patient_key, c.course,
    CASE
        WHEN c.course <> 1 THEN 'not_applicable'
        WHEN review.first_on IS NULL OR clock.days IS NULL THEN 'pending'
        WHEN review.first_on > c.first_day + clock.days THEN 'notice'
        ELSE 'pass'
    END AS outcome,
    CASE WHEN review.first_on IS NULL THEN c.first_day + clock.days END AS due_on
FROM scope_course
JOIN fact_course AS c USING (site, patient_key, course)
LEFT JOIN LATERAL (
    SELECT min(r.reviewed_on) AS first_on
    FROM standing.course_review AS r
    WHERE r.site = c.site AND r.patient_key = c.patient_key AND r.reviewed_on >= c.first_day
) AS review ON true
LEFT JOIN lineage.place AS pl ON pl.party = c.site
LEFT JOIN reference.reporting_clock AS clock
    ON clock.jurisdiction = pl.jurisdiction AND clock.event = 'course_review' AND clock.in_force @> c.first_day
