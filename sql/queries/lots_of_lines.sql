-- The lots that these vial lines are linked to: {node}.
SELECT DISTINCT v.lot AS node
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
JOIN lineage.vial AS v USING (record, key)
