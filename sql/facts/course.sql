-- Courses of MS patients in scope with their days of infusion.
CREATE TEMP TABLE fact_course ON COMMIT DROP AS
WITH infusion AS (
    SELECT
        a.site, a.patient_key, a.course, lineage.local_day(a.started_at, a.started_at_offset_min, pl.zone) AS day,
        o.indication,
        NOT EXISTS (  -- unless a version says otherwise, of this patient or of another
            SELECT FROM standing.administration AS v
            WHERE v.site = a.site AND v.administration = a.administration AND v.status IS DISTINCT FROM 'not_given'
        ) AS not_given
    FROM (SELECT DISTINCT site, patient_key FROM scope_course) AS s
    JOIN standing.administration AS a USING (site, patient_key)
    LEFT JOIN lineage.place AS pl ON pl.party = a.site
    LEFT JOIN standing.treatment_order AS o USING (site, treatment_order)
)
SELECT site, patient_key, course, count(DISTINCT day) AS days, min(day) AS first_day
FROM infusion
WHERE indication = 'MS' AND course IS NOT NULL AND day IS NOT NULL AND NOT not_given
GROUP BY site, patient_key, course
