-- The edges among these nodes: {parent, child}.
SELECT parent, child FROM lineage.edge WHERE parent = ANY (CAST(:nodes AS bigint[])) AND child = ANY (CAST(:nodes AS bigint[])) ORDER BY parent, child
