-- Examinations and four-month samples of these persons, each with how many versions of it stand.
CREATE TEMP TABLE fact_exam ON COMMIT DROP AS
SELECT
    k.person, e.centre, e.exam, e.kind, e.conclusion, e.examined_on, e.reviewed_by, coalesce(c.versions, 1) AS versions
FROM fact_person AS k
JOIN standing.donor_exam AS e USING (donor_key)
LEFT JOIN judged.contested AS c ON c.record = 'donor_exam' AND c.key = jsonb_build_array(e.centre, e.exam)
WHERE e.examined_on IS NOT NULL
