-- Lines of vials of these lots that name no pack, or one that nobody knows, so that each pack of the lot may be theirs; and
-- what was given by a preparation with such a line: {record, key}.
WITH own AS (
    SELECT DISTINCT v.record, v.key, v.place, v.preparation
    FROM lineage.vial AS v
    WHERE v.lot = ANY (CAST(:nodes AS bigint[])) AND v.basis <> 'preparation' AND (v.serial IS NULL OR EXISTS (
        SELECT FROM lineage.parked_shown AS p WHERE p.record = v.record AND p.key = v.key AND p.link = 'pack'
    ))
)
SELECT record, key FROM own
UNION
SELECT v.record, v.key
FROM own
JOIN lineage.vial AS v ON v.basis = 'preparation' AND v.place = own.place AND v.preparation = own.preparation
WHERE own.record = 'reconstitution_vial' AND v.lot = ANY (CAST(:nodes AS bigint[]))
ORDER BY record, key
