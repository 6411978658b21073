-- The status of every packed lot, in each market that a decision or its own record names: {maker, number, market, status,
-- in_part, proposed, held}. A market that is not named is as the row without one, or, where there is none, in process.
-- held: which pools and lots it was made of a decision holds or rejects; what would be used all the same is `held` then, as a
-- scan stops it.
WITH effect AS MATERIALIZED (
    SELECT
        e.key ->> 0 AS maker, e.key ->> 1 AS number, told.market, e.state,
        e.packs IS NOT NULL OR e.sites IS NOT NULL AS in_part
    FROM judged.in_effect AS e
    LEFT JOIN LATERAL unnest(e.markets) AS told (market) ON true
    WHERE e.thing = 'lot'
),
waits AS MATERIALIZED (
    SELECT d.key ->> 0 AS maker, d.key ->> 1 AS number, count(*) AS proposed
    FROM judged.disposition_signed AS d
    WHERE d.thing = 'lot' AND d.standing = 'proposed'
    GROUP BY d.key
),
held AS MATERIALIZED (
    SELECT
        lot.maker, lot.number,
        array_agg(DISTINCT format(
            '%s %s/%s: %s by decision %s', above.step, above.maker, above.number, e.state, e.disposition
        )) AS held
    FROM judged.in_effect AS e
    JOIN lineage.node AS above
        ON above.maker = e.key ->> 0 AND above.number = e.key ->> 1 AND above.step = e.key ->> 2
    JOIN lineage.closure AS c ON c.ancestor = above.node
    JOIN lineage.node AS lot ON lot.node = c.descendant AND lot.step = 'packed'
    WHERE e.thing = 'intermediate' AND e.state IN ('held', 'rejected')
    GROUP BY lot.maker, lot.number
),
lot (maker, number) AS (
    SELECT maker, number FROM lineage.node WHERE step = 'packed'
    UNION
    SELECT maker, number FROM effect
    UNION
    SELECT maker, number FROM waits
),
market (maker, number, market) AS (
    SELECT maker, number, market FROM effect
    UNION
    SELECT manufacturer, lot_number, market FROM standing.lot WHERE step = 'packed' AND market IS NOT NULL
),
-- Of what is in effect in a market, named or meant for all, the state that the norm ranks highest; what is decided of
-- some packs or sites alone stands beside it.
status AS (
    SELECT
        lot.maker, lot.number, market.market,
        coalesce(found.states[1], 'in process') AS status, coalesce(found.in_part, '{}') AS in_part
    FROM lot
    LEFT JOIN market USING (maker, number)
    CROSS JOIN LATERAL (
        SELECT
            array_agg(e.state ORDER BY array_position(m.states, e.state) DESC) FILTER (WHERE NOT e.in_part) AS states,
            array_agg(DISTINCT e.state) FILTER (WHERE e.in_part) AS in_part
        FROM effect AS e
        CROSS JOIN (SELECT states FROM judged.move WHERE thing = 'lot' LIMIT 1) AS m
        WHERE e.maker = lot.maker AND e.number = lot.number AND (e.market IS NULL OR e.market = market.market)
    ) AS found
)
SELECT
    s.maker, s.number, s.market,
    CASE WHEN held.held IS NOT NULL AND s.status IN ('in process', 'released', 'correction') THEN 'held' ELSE s.status END AS status,
    s.in_part, coalesce(waits.proposed, 0) AS proposed, coalesce(held.held, '{}') AS held
FROM status AS s
LEFT JOIN held USING (maker, number)
LEFT JOIN waits USING (maker, number)
WHERE CAST(:maker AS text) IS NULL OR s.maker = :maker AND s.number = :number
ORDER BY coalesce(waits.proposed, 0) > 0 DESC, held.held IS NOT NULL DESC, s.maker, s.number, s.market NULLS LAST
LIMIT :most
