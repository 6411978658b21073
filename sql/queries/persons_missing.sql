-- Which of these open ends leave untold whose the vials of these lots were, by their place among them: {nth}. single: of
-- the vials on these lines alone; else of these lines too, which reach no lot.
WITH asked AS MATERIALIZED (
    SELECT nth, record, key
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS e (record, key, nth)
),
line (nth, record, key) AS (
    SELECT nth, record, key FROM asked WHERE record IN ('dispensing', 'reconstitution_vial', 'administration_vial')
    UNION ALL
    SELECT asked.nth, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
    FROM asked
    JOIN standing.administration_vial AS v ON v.site = asked.key ->> 0 AND v.administration = asked.key ->> 1
    WHERE asked.record = 'administration'
    UNION ALL
    SELECT asked.nth, 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text)
    FROM asked
    JOIN standing.reconstitution_vial AS v ON v.site = asked.key ->> 0 AND v.preparation = asked.key ->> 1
    WHERE asked.record = 'reconstitution'
    UNION ALL
    SELECT asked.nth, 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text)
    FROM asked
    JOIN standing.reconstitution AS r ON r.site = asked.key ->> 0 AND r.treatment_order = asked.key ->> 1
    JOIN standing.reconstitution_vial AS v ON v.site = r.site AND v.preparation = r.preparation
    WHERE asked.record = 'treatment_order'
)
SELECT DISTINCT line.nth
FROM line
WHERE (line.record, line.key) IN (
        SELECT one.record, one.key
        FROM unnest(CAST(:line_records AS text[]), CAST(:line_keys AS jsonb[])) AS one (record, key)
    ) OR NOT :single AND EXISTS (
        SELECT FROM lineage.vial AS vial
        WHERE vial.record = line.record AND vial.key = line.key AND (vial.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE  -- by a hash
    )
