-- The persons of these donations, with every key that each has.
CREATE TEMP TABLE fact_person ON COMMIT DROP AS
SELECT f.person, coalesce(p.key, f.person) AS donor_key
FROM (SELECT DISTINCT person FROM fact_donation WHERE person IS NOT NULL) AS f
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.person = f.person
