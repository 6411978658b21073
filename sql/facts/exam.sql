-- Examinations and four-month samples of these persons.
CREATE TEMP TABLE fact_exam ON COMMIT DROP AS
SELECT k.person, e.kind, e.conclusion, e.examined_on, e.reviewed_by
FROM fact_person AS k
JOIN standing.donor_exam AS e USING (donor_key)
WHERE e.examined_on IS NOT NULL
