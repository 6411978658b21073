-- What decisions say of a lot, seen from a place: {market, status}. The one place where a scan asks for it. A status is
-- one of LOT_STATUSES (lots/decisions/facts.py), a market empty where it holds in all. What stops certain packs alone is
-- said of those packs (pack_status.sql).
SELECT told.market, CASE
    WHEN e.state IN ('released', 'correction') THEN e.state
    WHEN e.state IN ('quarantined', 'rejected') THEN 'quarantined'
    -- Of a place that nobody knows, and of one that any version tells to be in reach, it is in reach.
    WHEN e.given ->> 'depth' IN ('wholesale', 'retail')
        AND EXISTS (SELECT FROM standing.party AS p WHERE p.party_id = :site)
        AND NOT EXISTS (
            SELECT FROM standing.party AS p
            WHERE p.party_id = :site AND (
                p.kind IS NULL OR p.kind NOT IN ('clinic', 'patient_home', 'pharmacy')
                OR p.kind = 'pharmacy' AND e.given ->> 'depth' = 'retail'
            )
        ) THEN 'recalled above'
    ELSE 'recalled'
END AS status
FROM judged.in_effect AS e
LEFT JOIN LATERAL unnest(e.markets) AS told (market) ON true
WHERE e.thing = 'lot' AND e.key = jsonb_build_array(:maker, :number) AND e.packs IS NULL
    AND coalesce(:site = ANY (e.sites), true)
UNION ALL
-- A pool or lot that a person holds or rejects holds what was made of it; a unit does not: one donor is in most lots.
SELECT NULL, 'quarantined'
FROM judged.in_effect AS e
JOIN lineage.node AS above ON e.key = jsonb_build_array(above.maker, above.number, above.step)
JOIN lineage.closure AS c ON c.ancestor = above.node
JOIN lineage.node AS lot ON lot.node = c.descendant
WHERE e.thing = 'intermediate' AND e.state IN ('held', 'rejected')
    AND lot.maker = :maker AND lot.number = :number AND lot.step = 'packed'
