-- The edges among these nodes: {parent, child}.
SELECT parent, child FROM lineage.edge WHERE parent = ANY (:nodes) AND child = ANY (:nodes) ORDER BY parent, child
