-- Contested keys that name one of these numbers, or whose vials are of one of these nodes, and all contested shipments,
-- which may have carried any pack: {record, key}. Joined: many nodes or numbers are not compared with each key in turn.
SELECT record, key
FROM judged.contested
WHERE record = 'shipment'
UNION
SELECT contested.record, contested.key
FROM judged.contested
CROSS JOIN LATERAL (  -- looked up by the key, a few of many
    SELECT v.lot FROM lineage.vial AS v
    WHERE v.record = contested.record AND v.key = contested.key
    OFFSET 0
) AS own
JOIN unnest(CAST(:nodes AS bigint[])) AS asked (node) ON asked.node = own.lot
UNION
SELECT contested.record, contested.key
FROM judged.contested
CROSS JOIN LATERAL jsonb_array_elements_text(contested.key) AS name
JOIN unnest(CAST(:numbers AS text[])) AS asked (number) ON asked.number = name
ORDER BY record, key
