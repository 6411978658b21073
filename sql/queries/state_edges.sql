-- Each edge by names.
SELECT p.maker || '/' || p.number || '/' || p.step || ' > ' || c.maker || '/' || c.number || '/' || c.step
FROM lineage.edge JOIN lineage.node AS p ON p.node = edge.parent JOIN lineage.node AS c ON c.node = edge.child
ORDER BY 1
