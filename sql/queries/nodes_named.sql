-- What these nodes are, and whether a record of each has arrived: {node, maker, number, step, known, external}.
SELECT
    node.node, node.maker, node.number, node.step,
    CASE WHEN node.step = 'pool'
        THEN EXISTS (SELECT FROM standing.pool AS p WHERE p.plant = node.maker AND p.pool_number = node.number)
        WHEN node.step = 'external' AND EXISTS (
            SELECT FROM standing.external_lot AS e WHERE e.supplier = node.maker AND e.lot_number = node.number
        ) THEN true
        -- An external lot may also be told by a lot record of that step.
        ELSE EXISTS (
            SELECT FROM standing.lot AS l
            WHERE l.manufacturer = node.maker AND l.lot_number = node.number AND l.step = node.step
        )
    END AS known
FROM lineage.node
WHERE node.node = ANY (CAST(:nodes AS bigint[]))
ORDER BY node.maker, node.number, node.step
