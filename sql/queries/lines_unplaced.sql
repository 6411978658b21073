-- Lines of vials of these lots that name a pack that nobody knows, and reach a lot by its number alone: {record, key, link,
-- vials}. Few wait for a pack: each of these is looked up, and whether its lot is asked about.
SELECT v.record, v.key, 'pack' AS link, max(v.vials) AS vials
FROM lineage.parked_shown AS p
JOIN lineage.vial AS v ON v.record = p.record AND v.key = p.key
WHERE p.link = 'pack' AND (v.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE  -- by a hash, not one by one
GROUP BY v.record, v.key
ORDER BY v.record, v.key
