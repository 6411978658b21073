-- How many vials of each of these packed lots were packed at most: {lot, vials}; nothing where its record does not say. By
-- its record, of versions the greatest, and never fewer than its known packs hold. Where one of these does not say how many it
-- holds, an amount in packs says nothing.
SELECT n.node AS lot, CASE WHEN made.vials IS NOT NULL THEN greatest(made.vials, pack.vials) END AS vials
FROM lineage.node AS n
CROSS JOIN LATERAL (
    SELECT coalesce(sum(packs * most), 0) AS vials, CASE WHEN min(fewest) > 0 THEN max(most) END AS largest
    FROM lineage.lot_pack
    WHERE lot = n.node
) AS pack
CROSS JOIN LATERAL (
    SELECT CASE WHEN count(*) > 0 AND bool_and(
            l.amount IS NOT NULL AND (l.amount_unit = 'vials' OR l.amount_unit = 'packs' AND pack.largest IS NOT NULL)
        ) THEN max(ceil(CASE l.amount_unit WHEN 'vials' THEN l.amount ELSE l.amount * pack.largest END)) END AS vials
    FROM standing.lot AS l
    WHERE l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = 'packed'
) AS made
WHERE n.node = ANY (CAST(:nodes AS bigint[])) AND n.step = 'packed'
