-- These nodes and all that went into them: {node}.
SELECT DISTINCT ancestor AS node FROM lineage.closure WHERE descendant = ANY (CAST(:nodes AS bigint[])) ORDER BY node
