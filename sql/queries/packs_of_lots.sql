-- How many packs these lots have: {lot, maker, known, smallest, largest, unsaid, told}. known: packs with a record; smallest and
-- largest: vials of such a pack; unsaid: whether one does not say; told: the most packs that the lot's own record tells.
SELECT node.node AS lot, node.maker, pack.known, pack.smallest, pack.largest, pack.unsaid, made.told
FROM lineage.node
CROSS JOIN LATERAL (
    -- A lot without packs divides by one: vials by count are then as many packs.
    SELECT coalesce(sum(packs), 0)::bigint AS known, coalesce(greatest(min(fewest), 1), 1) AS smallest,
        coalesce(max(most), 1) AS largest, coalesce(min(fewest) = 0, false) AS unsaid
    FROM lineage.lot_pack
    WHERE lot = node.node
) AS pack
LEFT JOIN LATERAL (
    -- The most that a version tells: a difference is told only where no version explains it.
    SELECT max(CASE amount_unit WHEN 'packs' THEN floor(amount) WHEN 'vials' THEN floor(amount / pack.smallest) END)
        AS told
    FROM standing.lot
    WHERE manufacturer = node.maker AND lot_number = node.number AND step = 'packed'
) AS made ON true
WHERE node.node = ANY (CAST(:nodes AS bigint[])) AND node.step = 'packed'
