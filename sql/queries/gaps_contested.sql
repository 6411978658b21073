-- Contested keys that name one of these numbers, or whose vials are of one of these nodes, and all contested shipments,
-- which may have carried any pack: {record, key}.
SELECT record, key
FROM judged.contested
WHERE key ?| (:numbers) OR record = 'shipment' OR EXISTS (
    SELECT FROM lineage.vial AS v
    WHERE v.lot = ANY (:nodes) AND v.record = contested.record AND v.key = contested.key
)
ORDER BY record, key
