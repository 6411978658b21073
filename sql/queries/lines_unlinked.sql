-- How many of these vial lines are linked to no lot: {lines}.
SELECT count(*) AS lines
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
WHERE NOT EXISTS (SELECT FROM lineage.vial AS v WHERE v.record = line.record AND v.key = line.key)
