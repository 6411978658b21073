-- Each node by name.
SELECT maker || '/' || number || '/' || step FROM lineage.node ORDER BY 1
