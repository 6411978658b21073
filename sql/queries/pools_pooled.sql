-- When each of these pools was pooled, at the latest that a version tells, nothing where one does not tell: {node, at}.
SELECT n.node, CASE WHEN bool_and(p.pooled_at IS NOT NULL) THEN max(p.pooled_at) END AS at
FROM lineage.node AS n
JOIN standing.pool AS p ON p.plant = n.maker AND p.pool_number = n.number
WHERE n.node = ANY (CAST(:nodes AS bigint[])) AND n.step = 'pool'
GROUP BY n.node
