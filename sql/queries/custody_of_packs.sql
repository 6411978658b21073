-- Where these packs are, as packs of these lots: {lot, whereabouts, holder, packs, vials}.
SELECT own.lot, own.whereabouts, own.holder, count(*) AS packs, sum(greatest(coalesce(own.vials, 1), 1)) AS vials
FROM unnest(CAST(:gtins AS text[]), CAST(:serials AS text[])) AS name (gtin, serial)
JOIN lineage.custody AS own USING (gtin, serial)
WHERE own.lot = ANY (CAST(:nodes AS bigint[]))
GROUP BY own.lot, own.whereabouts, own.holder
ORDER BY own.lot, own.whereabouts, own.holder
