-- These nodes and all that was made from them: {node}.
SELECT DISTINCT descendant AS node FROM lineage.closure WHERE ancestor = ANY (CAST(:nodes AS bigint[])) ORDER BY node
