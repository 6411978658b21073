-- Lines of vials of these lots that name a pack that nobody knows, and reach a lot by its number alone: {record, key, link,
-- vials}.
SELECT v.record, v.key, 'pack' AS link, max(v.vials) AS vials
FROM lineage.parked_shown AS p
JOIN lineage.vial AS v ON v.record = p.record AND v.key = p.key
JOIN (SELECT unnest(CAST(:nodes AS bigint[])) AS lot) AS asked USING (lot)
WHERE p.link = 'pack'
GROUP BY v.record, v.key
ORDER BY v.record, v.key
