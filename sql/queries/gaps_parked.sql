-- Parked links that name one of these numbers, or that name nothing and so could belong to any lot:
-- {record, key, link, target, anywhere}.
SELECT record, key, link, target,
    link IN ('pack', 'vial', 'preparation') AND NOT EXISTS (
        SELECT FROM lineage.vial WHERE vial.record = parked.record AND vial.key = parked.key
    ) AS anywhere
FROM lineage.parked
WHERE names ?| (:numbers)
    OR link IN ('pack', 'vial', 'preparation') AND NOT EXISTS (
        SELECT FROM lineage.vial WHERE vial.record = parked.record AND vial.key = parked.key
    )
ORDER BY record, key, link
