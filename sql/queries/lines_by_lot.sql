-- Lines of vials of these lots that name no pack, or one that nobody knows, so that each pack of the lot may be theirs: {record, key}.
SELECT DISTINCT v.record, v.key
FROM lineage.vial AS v
WHERE v.lot = ANY (CAST(:nodes AS bigint[])) AND (v.serial IS NULL OR EXISTS (
    SELECT FROM lineage.parked_shown AS p WHERE p.record = v.record AND p.key = v.key AND p.link = 'pack'
))
ORDER BY v.record, v.key
