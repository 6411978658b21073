-- Courses of every patient of whom these receipts may change what is known: {site, patient_key, course}.
CREATE TEMP TABLE scope_course ON COMMIT DROP AS
WITH patient (site, patient_key) AS (
    SELECT a.site, a.patient_key FROM accepted.administration AS a JOIN scope_administration USING (site, administration)
    UNION
    SELECT site, patient_key FROM accepted.course_review WHERE receipt = ANY (:receipts)
)
SELECT DISTINCT a.site, a.patient_key, a.course
FROM accepted.administration AS a JOIN patient USING (site, patient_key)
WHERE a.course IS NOT NULL
