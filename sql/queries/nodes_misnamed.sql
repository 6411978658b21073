-- Pools and lots that something was put into, of which no record came, and that lead to no lot, no pack and no line; and
-- whether their maker is known to have made anything: {node, maker, number, step, maker_known}.
SELECT n.node, n.maker, n.number, n.step,
    EXISTS (SELECT FROM standing.pool AS p WHERE p.plant = n.maker)
        OR EXISTS (SELECT FROM standing.lot AS l WHERE l.manufacturer = n.maker) AS maker_known
FROM lineage.node AS n
WHERE n.step <> 'external'
    AND (
        EXISTS (SELECT FROM lineage.edge AS e WHERE e.child = n.node)
        OR EXISTS (SELECT FROM standing.pool_unit AS u WHERE n.step = 'pool' AND u.plant = n.maker AND u.pool_number = n.number)
    )
    AND NOT EXISTS (SELECT FROM lineage.edge AS e WHERE e.parent = n.node)
    AND NOT EXISTS (SELECT FROM standing.pool AS p WHERE n.step = 'pool' AND p.plant = n.maker AND p.pool_number = n.number)
    AND NOT EXISTS (
        SELECT FROM standing.lot AS l WHERE l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = n.step
    )
    AND NOT EXISTS (
        SELECT FROM accepted.pack AS p
        WHERE n.step = 'packed' AND p.manufacturer = n.maker AND p.lot_number = n.number
    )
    AND NOT EXISTS (SELECT FROM lineage.vial AS v WHERE v.lot = n.node)
ORDER BY n.maker, n.number, n.step
