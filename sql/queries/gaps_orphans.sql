-- Lots into which nothing is known to have gone, and so could be of any pool: {maker, number, step}.
SELECT maker, number, step
FROM lineage.node
WHERE step NOT IN ('pool', 'external') AND NOT EXISTS (
    SELECT FROM lineage.edge WHERE edge.child = node.node AND edge.parent <> node.node
)
ORDER BY maker, number, step
