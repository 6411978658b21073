-- What findings leave open of a packed lot's readiness: {finding, rule, state, piece, failed}. Each finding that holds the
-- lot or what it was made of (docs/held.md) leaves open the piece of its rule, and that nothing is held. failed: it is
-- open, and no document settles it.
WITH above AS MATERIALIZED (
    SELECT jsonb_build_array(a.maker, a.number, a.step) AS key
    FROM lineage.node AS lot
    JOIN lineage.closure AS c ON c.descendant = lot.node
    JOIN lineage.node AS a ON a.node = c.ancestor
    WHERE lot.maker = :maker AND lot.number = :number AND lot.step = 'packed'
),
holding AS (
    SELECT DISTINCT f.finding, f.rule, f.state
    FROM lineage.ask_held(NULL) AS held
    JOIN above ON above.key = held.key
    JOIN judged.finding_now AS f USING (finding)
    WHERE held.record = 'node'
)
SELECT h.finding, h.rule, h.state, p.piece, p.never AND h.state = 'open'
FROM holding AS h
JOIN judged.piece_rule AS p ON h.rule = p.rule OR starts_with(h.rule, p.rule || '.')
UNION ALL
SELECT h.finding, h.rule, h.state, 'holds', false
FROM holding AS h
ORDER BY 1, 4
