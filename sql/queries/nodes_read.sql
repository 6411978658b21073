-- Nodes that a name may mean, for each way in which it can be read; an empty maker or step is any: {node, maker, number,
-- step}.
SELECT DISTINCT n.node, n.maker, n.number, n.step
FROM unnest(CAST(:makers AS text[]), CAST(:numbers AS text[]), CAST(:steps AS text[])) AS reading (maker, number, step)
JOIN lineage.node AS n ON n.number = reading.number
WHERE (reading.maker = '' OR n.maker = reading.maker) AND (reading.step = '' OR n.step = reading.step)
ORDER BY n.maker, n.number, n.step
