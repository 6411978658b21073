-- Each pair of the closure by names.
SELECT a.maker || '/' || a.number || '/' || a.step || ' > ' || d.maker || '/' || d.number || '/' || d.step
FROM lineage.closure JOIN lineage.node AS a ON a.node = ancestor JOIN lineage.node AS d ON d.node = descendant
ORDER BY 1
