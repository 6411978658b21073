-- Nodes of that number, of that maker and step where they are given: {node}.
SELECT node
FROM lineage.node
WHERE number = :number AND (:maker = '' OR maker = :maker) AND (:step = '' OR step = :step)
ORDER BY node
