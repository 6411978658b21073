-- Contested keys that name one of these numbers, or whose vials are of one of these nodes, and all contested shipments,
-- which may have carried any pack: {record, key}.
SELECT record, key
FROM judged.contested
WHERE record = 'shipment' OR EXISTS (
    SELECT FROM lineage.vial AS v
    WHERE v.lot = ANY (:nodes) AND v.record = contested.record AND v.key = contested.key
)
UNION
SELECT contested.record, contested.key  -- joined: many numbers are not compared with each name in turn
FROM judged.contested
CROSS JOIN LATERAL jsonb_array_elements_text(contested.key) AS name
JOIN unnest(CAST(:numbers AS text[])) AS asked (number) ON asked.number = name
ORDER BY record, key
