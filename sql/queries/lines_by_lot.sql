-- Lines of vials of these lots that name no pack, so that each pack of the lot may be theirs: {record, key}.
SELECT DISTINCT v.record, v.key
FROM lineage.vial AS v
WHERE v.lot = ANY (CAST(:nodes AS bigint[])) AND v.serial IS NULL
ORDER BY v.record, v.key
