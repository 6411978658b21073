-- X02: nothing is its own ancestor through others.
SELECT
    n.maker, n.number, n.step,
    CASE WHEN EXISTS (
        SELECT FROM lineage.closure AS down
        JOIN lineage.closure AS up ON up.ancestor = down.descendant AND up.descendant = down.ancestor
        WHERE down.ancestor = n.node AND down.descendant <> n.node
    ) THEN 'finding' ELSE 'pass' END AS outcome
FROM scope_node
JOIN lineage.node AS n USING (maker, number, step)
