-- X02: nothing is its own ancestor through others.
SELECT
    n.maker, n.number, n.step,
    CASE WHEN EXISTS (
        SELECT FROM lineage.closure AS down
        JOIN lineage.closure AS up ON up.ancestor = down.descendant AND up.descendant = down.ancestor
        WHERE down.ancestor = n.node AND down.descendant <> n.node
    ) THEN 'finding' ELSE 'pass' END AS outcome, (
        SELECT string_agg(concat_ws('/', other.maker, other.number, other.step), ' '
            ORDER BY other.maker, other.number, other.step)
        FROM lineage.closure AS down
        JOIN lineage.closure AS up ON up.ancestor = down.descendant AND up.descendant = down.ancestor
        JOIN lineage.node AS other ON other.node = down.descendant
        WHERE down.ancestor = n.node AND down.descendant <> n.node
    ) AS rests_on
FROM scope_node
JOIN lineage.node AS n USING (maker, number, step)
