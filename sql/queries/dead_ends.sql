-- Those of these pools and lots that lead nowhere: nothing was made of them, and no pack is of them: {node}.
SELECT n.node
FROM lineage.node AS n
WHERE n.node = ANY (CAST(:nodes AS bigint[]))
    AND NOT EXISTS (SELECT FROM lineage.edge AS e WHERE e.parent = n.node)
    AND NOT EXISTS (
        SELECT FROM accepted.pack AS p
        WHERE n.step = 'packed' AND p.manufacturer = n.maker AND p.lot_number = n.number
    )
ORDER BY n.node
