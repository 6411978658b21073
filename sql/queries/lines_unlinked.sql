-- Those of these vial lines that are linked to no lot: {record, key, link}. link: under what it is parked first.
WITH one AS MATERIALIZED (
    SELECT asked.record, asked.key
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS asked (record, key)
    WHERE NOT EXISTS (SELECT FROM lineage.vial AS v WHERE v.record = asked.record AND v.key = asked.key)
),
told AS (  -- all at once: whoever only reads can seek no parked row by its key, which may be a person's
    SELECT p.record, p.key, min(array_position(ARRAY['pack', 'lot', 'vial', 'preparation'], p.link)) AS first
    FROM lineage.parked_shown AS p
    WHERE p.record IN (SELECT record FROM one) AND p.link IN ('pack', 'lot', 'vial', 'preparation')
    GROUP BY p.record, p.key
)
SELECT one.record, one.key, coalesce((ARRAY['pack', 'lot', 'vial', 'preparation'])[told.first], 'lot') AS link
FROM one
LEFT JOIN told USING (record, key)
ORDER BY one.record, one.key
