-- Lots of which nothing tells what they were made of, in one array: {nodes}.
SELECT coalesce(array_agg(n.node ORDER BY n.node), '{}') AS nodes
FROM lineage.open_end AS e
JOIN lineage.node AS n ON n.maker = e.key ->> 0 AND n.number = e.key ->> 1 AND n.step = e.key ->> 2
WHERE e.record = 'lot' AND e.link = 'lot_input.lot' AND e.sort = 'without'
