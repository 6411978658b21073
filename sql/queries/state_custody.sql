-- Where each pack stands and by which row, and what is summed of that, by names of lots.
SELECT n.maker || '/' || n.number || ' ' || c.gtin || ' ' || c.serial || ' ' || c.whereabouts || ' ' || c.holder || ' '
    || coalesce(c.vials, 0) || ' ' || coalesce(c.since::text, '') || ' ' || c.record || ' ' || c.key::text AS told
FROM lineage.custody AS c JOIN lineage.node AS n ON n.node = c.lot
UNION ALL
SELECT n.maker || '/' || n.number || ' ' || h.whereabouts || ' ' || h.holder || ' ' || h.packs || ' ' || h.vials
FROM lineage.lot_held AS h JOIN lineage.node AS n ON n.node = h.lot
ORDER BY told
