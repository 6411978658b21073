-- How many pools and lots are known by name, by step: {step, lots}.
SELECT step, count(*) AS lots
FROM lineage.node
GROUP BY step
ORDER BY array_position(ARRAY['pool', 'external', 'paste', 'bulk', 'filled', 'dried', 'packed'], step), step
