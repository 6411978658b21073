-- Those of these vial lines that are linked to no lot: {record, key}.
SELECT one.record, one.key
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
WHERE NOT EXISTS (SELECT FROM lineage.vial AS v WHERE v.record = one.record AND v.key = one.key)
ORDER BY one.record, one.key
