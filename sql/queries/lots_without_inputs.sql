-- Lots of which nothing tells what they were made of, in one array: {nodes}. With them those that were bought, of
-- which no record tells, or of a supplier who tells here of a lot of that number: that may be what was bought.
SELECT coalesce(array_agg(n.node ORDER BY n.node), '{}') AS nodes
FROM (
    SELECT n.node
    FROM lineage.open_end AS e
    JOIN lineage.node AS n ON n.maker = e.key ->> 0 AND n.number = e.key ->> 1 AND n.step = e.key ->> 2
    WHERE e.record = 'lot' AND e.link = 'lot_input.lot' AND e.sort = 'without'
    UNION ALL
    SELECT n.node
    FROM lineage.node AS n
    WHERE n.step = 'external'
        AND NOT EXISTS (SELECT FROM lineage.edge AS e WHERE e.child = n.node AND e.parent <> n.node OFFSET 0)
        AND (
            EXISTS (
                SELECT
                FROM lineage.node AS own
                WHERE own.maker = n.maker AND own.number = n.number AND own.step NOT IN ('external', 'pool')
                OFFSET 0
            )
            OR NOT EXISTS (
                SELECT FROM standing.external_lot AS x WHERE x.supplier = n.maker AND x.lot_number = n.number OFFSET 0
            )
        )
) AS n
