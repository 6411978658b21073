-- Makers of whom one made something of what another made: {maker, made_by}.
SELECT DISTINCT parent.maker, child.maker AS made_by
FROM lineage.edge
JOIN lineage.node AS parent ON parent.node = edge.parent
JOIN lineage.node AS child ON child.node = edge.child
WHERE parent.maker <> child.maker
