-- Lines of vials of these lots that name a pack that nobody knows, and reach a lot by its number alone: {record, key, link,
-- vials}.
SELECT v.record, v.key, 'pack' AS link, max(v.vials) AS vials
FROM lineage.vial AS v
JOIN lineage.parked_shown AS p ON p.record = v.record AND p.key = v.key AND p.link = 'pack'
WHERE v.lot = ANY (CAST(:nodes AS bigint[]))
GROUP BY v.record, v.key
ORDER BY v.record, v.key
