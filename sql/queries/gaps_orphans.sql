-- Lots into which nothing is known to have gone, and so could be of any pool: {maker, number, step}.
SELECT maker, number, step
FROM lineage.node
WHERE step NOT IN ('pool', 'external') AND NOT EXISTS (
    -- Rework under one number is an edge from a lot to itself, which says nothing of where it came
    -- from.
    SELECT FROM lineage.edge WHERE edge.child = node.node AND edge.parent <> node.node
)
ORDER BY maker, number, step
