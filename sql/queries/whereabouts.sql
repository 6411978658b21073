-- Packs of these lots by where each was last known to be, as linking keeps their sums: {lot, whereabouts, holder, packs, vials}.
SELECT lot, whereabouts, holder, packs, vials
FROM lineage.lot_held
WHERE lot = ANY (CAST(:nodes AS bigint[]))
ORDER BY lot, whereabouts, holder
