-- Those of these vials of infusions that name a preparation of which no vial is known, by their place among those asked:
-- {nth}.
SELECT DISTINCT asked.nth
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS asked (record, key, nth)
JOIN standing.administration_vial AS v ON v.site = asked.key ->> 0 AND v.administration = asked.key ->> 1
    AND v.item = CAST(CASE WHEN asked.record = 'administration_vial' THEN asked.key ->> 2 END AS integer)
WHERE asked.record = 'administration_vial' AND v.preparation IS NOT NULL AND NOT EXISTS (
    SELECT FROM standing.reconstitution_vial AS r WHERE r.site = v.site AND r.preparation = v.preparation
)
ORDER BY asked.nth
