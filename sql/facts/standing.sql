-- The standing, as of each day, of the persons whose units were pooled.
CREATE TEMP TABLE fact_standing ON COMMIT DROP AS
SELECT f.person, d.as_of, d.status, encode(d.content, 'hex') AS rests_on
FROM (SELECT DISTINCT person FROM fact_pool_unit WHERE person IS NOT NULL) AS f
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.person = f.person
JOIN standing.donor AS d ON d.donor_key = coalesce(p.key, f.person)
