-- Scans by the day (UTC) on which they were kept, site, purpose and verdict, and what of the norm was in their way; one
-- with several grounds counts under each, and one without under none. Never by whom, of which pack or for which patient.
SELECT
    (s.kept_at AT TIME ZONE 'UTC')::date AS day,
    s.site,
    s.purpose,
    s.verdict,
    ground.code AS ground,
    count(*) AS scans
FROM scanned.scan AS s
LEFT JOIN LATERAL jsonb_array_elements_text(s.grounds) AS ground (code) ON true
GROUP BY 1, 2, 3, 4, 5
