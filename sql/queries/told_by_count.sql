-- What is told of these lots by lot and count alone: {lot, told, party, from_party, packs, shipped, sent, left_there, vials,
-- until, undated, gone, unfit, unsaid}. left_there: how many of those sent surely left the sender, since they arrived;
-- until: by the party's latest count of stock by count; gone: by the sender's; unsaid:
-- whether a row does not say how many packs, or its versions say several numbers.
WITH packed AS MATERIALIZED (
    SELECT node.node AS lot, node.number, other.gtins AS not_of
    FROM lineage.node
    CROSS JOIN LATERAL (  -- a GTIN that only other lots of this number have is theirs
        SELECT coalesce(array_agg(DISTINCT lot.gtin), '{}') AS gtins
        FROM standing.lot
        WHERE lot.lot_number = node.number AND lot.step = 'packed' AND lot.gtin IS NOT NULL
            AND coalesce((
                SELECT bool_and(coalesce(own.gtin <> lot.gtin, false)) FROM standing.lot AS own
                WHERE own.manufacturer = node.maker AND own.lot_number = node.number AND own.step = 'packed'
            ), false)
    ) AS other
    WHERE node.node = ANY (CAST(:nodes AS bigint[])) AND node.step = 'packed'
),
line AS (
    SELECT packed.lot, c.party, c.stocktake, c.item, max(coalesce(c.packs, 1)) AS packs, max(c.counted_at) AS at,
        bool_or(c.packs IS NULL) OR min(c.packs) <> max(c.packs) AS unsaid
    FROM packed
    CROSS JOIN LATERAL (  -- looked up one by one, here and below: a few of many
        SELECT party, stocktake, item, packs, counted_at FROM standing.stock_count
        WHERE lot_number = packed.number AND (serial IS NULL OR gtin IS NULL)
            AND coalesce(gtin <> ALL (packed.not_of), true)
        OFFSET 0
    ) AS c
    GROUP BY packed.lot, c.party, c.stocktake, c.item
),
stocktake AS (
    SELECT lot, party, stocktake, sum(packs) AS packs, max(at) AS at, bool_or(unsaid) AS unsaid
    FROM line
    GROUP BY lot, party, stocktake
),
counted AS MATERIALIZED (
    SELECT DISTINCT ON (lot, party) lot, party, packs, at, bool_or(unsaid) OVER (PARTITION BY lot) AS unsaid
    FROM stocktake
    WHERE at IS NOT NULL
    -- A later count says all that earlier ones said; of two at one moment the larger, so that no
    -- pack is lost.
    ORDER BY lot, party, at DESC, packs DESC
),
item AS (  -- of a shipment's versions that counts which says most, of a delivery's which says least
    SELECT packed.lot, s.from_party, s.shipment, s.item, there.party,
        d.item IS NOT NULL AS arrived, max(coalesce(nullif(s.packs, 0), 1)) AS shipped, min(nullif(s.packs, 0)) AS fewest,
        min(d.packs) AS fewest_came, max(d.packs) AS most_came,
        min(coalesce(d.packs, nullif(s.packs, 0), 1)) FILTER (WHERE d.item IS NOT NULL) AS delivered,
        bool_or(coalesce(s.packs, 0) = 0 OR d.item IS NOT NULL AND d.packs IS NULL) AS unsaid,
        CASE WHEN bool_and(s.shipped_at IS NOT NULL) THEN max(s.shipped_at) END AS shipped_at,
        CASE WHEN bool_and(coalesce(d.delivered_at, s.shipped_at) IS NOT NULL)
            THEN max(coalesce(d.delivered_at, s.shipped_at)) END AS at
    FROM packed
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party, packs, shipped_at FROM standing.shipment
        WHERE lot_number = packed.number AND (serial IS NULL OR gtin IS NULL)
            AND coalesce(gtin <> ALL (packed.not_of), true)
        OFFSET 0
    ) AS s
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    CROSS JOIN LATERAL (  -- a delivery that does not say where: with its consignee, or with anybody
        SELECT coalesce(d.to_party, s.to_party, '?') AS party
        UNION
        SELECT '?' WHERE d.item IS NOT NULL AND d.to_party IS NULL AND coalesce(d.packs, 1) > 0
    ) AS there
    GROUP BY packed.lot, s.from_party, s.shipment, s.item, there.party, d.item IS NOT NULL
),
sent AS (  -- sent: each shipment once, though versions name several consignees
    SELECT lot, from_party, party, arrived, shipped, delivered, shipped_at, at,
        unsaid OR min(fewest) OVER versions <> max(shipped) OVER versions
        OR coalesce(min(fewest_came) OVER versions <> max(most_came) OVER versions, false) AS unsaid,
        CASE WHEN row_number() OVER (PARTITION BY lot, from_party, shipment, item ORDER BY shipped DESC, party) = 1
            THEN shipped ELSE 0 END AS sent
    FROM item
    WINDOW versions AS (PARTITION BY lot, from_party, shipment, item)
),
ended AS (
    SELECT packed.lot, coalesce(f.kind, 'ended') AS kind, f.party, max(coalesce(f.vials, 1)) AS vials,
        bool_and(coalesce(f.fit = 'no', false)) AS unfit, CASE WHEN bool_and(f.at IS NOT NULL) THEN max(f.at) END AS at
    FROM packed
    CROSS JOIN LATERAL (
        SELECT party, fate, kind, vials, fit, at FROM standing.vial_fate
        WHERE lot_number = packed.number AND (serial IS NULL OR gtin IS NULL)
            AND coalesce(gtin <> ALL (packed.not_of), true)
        OFFSET 0
    ) AS f
    GROUP BY packed.lot, f.party, f.fate, f.kind
),
dispensed AS (
    SELECT counted.lot, counted.party, d.dispensing, max(coalesce(d.vials, 1)) AS vials
    FROM counted
    JOIN packed USING (lot)
    CROSS JOIN LATERAL (
        SELECT dispensing, vials, dispensed_at FROM standing.dispensing
        WHERE lot_number = packed.number AND pharmacy = counted.party AND (serial IS NULL OR gtin IS NULL)
            AND coalesce(gtin <> ALL (packed.not_of), true)
        OFFSET 0
    ) AS d
    GROUP BY counted.lot, counted.party, counted.at, d.dispensing
    -- Only what surely left before the count is taken off it.
    HAVING max(d.dispensed_at) <= counted.at
)
SELECT sent.lot, CASE WHEN arrived THEN 'delivered' ELSE 'shipped' END AS told, sent.party, from_party,
    sum(coalesce(delivered, shipped)) AS packs, sum(shipped) AS shipped, sum(sent) AS sent,
    sum(least(sent, coalesce(delivered, shipped))) AS left_there, 0 AS vials,
    coalesce(sent.at <= here.at, false) AS until, sent.at IS NULL AS undated,
    coalesce(shipped_at <= there.at, false) AS gone, false AS unfit, bool_or(sent.unsaid) AS unsaid
FROM sent
LEFT JOIN counted AS here USING (lot, party)
LEFT JOIN counted AS there ON there.lot = sent.lot AND there.party = from_party
GROUP BY sent.lot, arrived, sent.party, from_party, coalesce(sent.at <= here.at, false), sent.at IS NULL,
    coalesce(shipped_at <= there.at, false), sign(delivered - shipped)
UNION ALL
SELECT lot, 'in stock', party, NULL, packs, 0, 0, 0, 0, true, false, false, false, unsaid FROM counted
UNION ALL
SELECT lot, kind, party, NULL, 0, 0, 0, 0, sum(vials), coalesce(ended.at <= counted.at, false), ended.at IS NULL, false,
    unfit, false
FROM ended
LEFT JOIN counted USING (lot, party)
GROUP BY lot, kind, party, coalesce(ended.at <= counted.at, false), ended.at IS NULL, unfit
UNION ALL
SELECT lot, 'dispensed', party, NULL, 0, 0, 0, 0, sum(vials), true, false, false, false, false
FROM dispensed
GROUP BY lot, party
ORDER BY lot, told, party, from_party, until, gone
