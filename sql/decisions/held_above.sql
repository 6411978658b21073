-- Whether a decision holds or rejects a unit, a pool or a lot that a packed lot is made of: by all that is linked.
SELECT EXISTS (
    SELECT FROM judged.in_effect AS e
    JOIN lineage.node AS above ON e.key = jsonb_build_array(above.maker, above.number, above.step)
    JOIN lineage.closure AS c ON c.ancestor = above.node
    JOIN lineage.node AS lot ON lot.node = c.descendant
    WHERE e.thing = 'intermediate' AND e.state IN ('held', 'rejected')
        AND lot.maker = :maker AND lot.number = :number AND lot.step = 'packed'
) OR EXISTS (
    SELECT FROM judged.in_effect AS e
    JOIN standing.pool_unit AS u ON e.key = jsonb_build_array(u.unit)
    JOIN lineage.node AS pool ON pool.maker = u.plant AND pool.number = u.pool_number AND pool.step = 'pool'
    JOIN lineage.closure AS c ON c.ancestor = pool.node
    JOIN lineage.node AS lot ON lot.node = c.descendant
    WHERE e.thing = 'unit' AND e.state IN ('held', 'rejected')
        AND lot.maker = :maker AND lot.number = :number AND lot.step = 'packed'
)
