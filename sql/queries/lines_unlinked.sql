-- Those of these vial lines that are linked to no lot: {record, key, link}. link: under what it is parked first.
SELECT one.record, one.key, coalesce((
    SELECT p.link
    FROM lineage.parked_shown AS p
    WHERE p.record = one.record AND p.key = one.key AND p.link IN ('pack', 'lot', 'vial', 'preparation')
    ORDER BY array_position(ARRAY['pack', 'lot', 'vial', 'preparation'], p.link)
    LIMIT 1
), 'lot') AS link
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
WHERE NOT EXISTS (SELECT FROM lineage.vial AS v WHERE v.record = one.record AND v.key = one.key)
ORDER BY one.record, one.key
